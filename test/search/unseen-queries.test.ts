/** Records how well the ranking answers queries that it was not tuned for. The floors are its scores when they were written. */
import { beforeAll, expect, test } from "vitest";
import { atLeast, ownLibrary } from "../own-library.ts";
import { type LibraryIndex, openIndex } from "./library-index.ts";
import { unseenFormulas, unseenWords } from "./unseen-queries.ts";

let index: LibraryIndex;
beforeAll(async () => {
  index = await openIndex(ownLibrary);
});

test("24 of 30 unseen queries in words have the right chapter first", async () => {
  const missed: string[] = [];
  for (const [query, answer] of unseenWords) {
    const [first] = await index.find(query);
    if (!first || !answer.test(first.path)) missed.push(`${query}: ${first?.path}`);
  }
  expect(unseenWords.length - missed.length, missed.join("\n")).toBeGreaterThanOrEqual(atLeast(24));
});

test("30 of 30 unseen formulas have the right equation first", async () => {
  const missed: string[] = [];
  for (const [query, chapter, tex] of unseenFormulas) {
    const [first] = await index.find(query);
    if (!first || !chapter.test(first.path) || !tex.test(first.tex))
      missed.push(`${query}: ${first?.path} ${first?.tex}`);
  }
  expect(unseenFormulas.length - missed.length, missed.join("\n")).toBeGreaterThanOrEqual(atLeast(30));
});
