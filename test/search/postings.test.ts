/** Checks that a file of postings finds each of its terms, in any script, and no other. */
import { expect, test } from "vitest";
import { encodePostings, type Posting, PostingsFile } from "../../src/search/postings.ts";

const terms = [
  "w1",
  "wa",
  "wab",
  "wabc",
  "wb",
  "wé",
  "w茶",
  "w茶葉",
  "w\u{1d49c}",
  "w\uffee",
  "~Q K",
  "~Q  K",
  "~\\frac",
].sort();
const postingOf = (index: number): Posting => [index, 1 + index, index + 200, 255];
const file = new PostingsFile(encodePostings(terms.map((term, index) => [term, postingOf(index)])));

test("each term is found with its chapters", () => {
  for (const [index, term] of terms.entries()) {
    const read: number[] = [];
    file.find(term)?.forEach((chapter, impact) => {
      read.push(chapter, impact);
    });
    expect([term, read]).toEqual([term, postingOf(index)]);
  }
});

test.each(["", "w", "a", "wac", "waa", "wabcd", "zzz", "~", "~Q", "w1\t0", "\n", "\uffff"])("%j is not found", (term) =>
  expect(file.find(term)).toBeUndefined(),
);

test("the terms that begin with a prefix are found, and not more than asked for", () => {
  const namesWith = (prefix: string, most = 200) => file.withPrefix(prefix, most).map(([term]) => term);
  expect(namesWith("wa")).toEqual(["wa", "wab", "wabc"]);
  expect(namesWith("wa", 2)).toEqual(["wa", "wab"]);
  expect(namesWith("w茶")).toEqual(["w茶", "w茶葉"]);
  expect(namesWith("w")).toEqual(terms.filter((term) => term.startsWith("w")));
  expect(namesWith("x")).toEqual([]);
});

test("a search for one chapter ends at it", () => {
  const asked: number[] = [];
  const isFirst = (chapter: number) => asked.push(chapter) === 1;
  expect(file.find("wa")?.some(isFirst)).toBe(true);
  expect(asked).toHaveLength(1);
});

test("a file without terms finds none", () => {
  const empty = new PostingsFile(encodePostings([]));
  expect([empty.find("wa"), empty.withPrefix("wa", 9)]).toEqual([undefined, []]);
});
