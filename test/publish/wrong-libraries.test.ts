/** Checks the error messages for each invalid library, exactly as in the terminal: test/books/wrong. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LibraryCompiler } from "../../src/publish/compile-library.ts";
import { discardingStore } from "../../src/publish/object-store.ts";
import { compareText, formatProblems } from "../../src/publish/source/problem.ts";
import { bookFolder } from "../world.ts";

const folder = bookFolder("wrong");
const names = readdirSync(folder).sort(compareText);

const compile = (name: string) => new LibraryCompiler(join(folder, name), discardingStore).compile();

describe("each wrong library", () => {
  test.each(names)("%s", async (name) => {
    const result = await compile(name);
    if (result.kind !== "refused") throw new Error("It was compiled.");
    const output = `${formatProblems(result.problems, (text) => text)}\n`;
    expect(output).toBe(readFileSync(join(folder, name, "expected.txt"), "utf8"));
  });
});

test("the problems of several files come as one list: by file, line and column", async () => {
  const result = await compile("several-files");
  if (result.kind !== "refused") throw new Error("It was compiled.");
  expect(result.problems.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([
    "content/library.md:6:3",
    "content/tea/book.md:10:15",
    "content/tea/leaves.md:5:12",
    "content/tea/leaves.md:8:1",
    "content/tea/leaves.md:11:1",
    "content/tea/water.md:4:1",
  ]);
});

test("the same list comes again from the same compiler, though nothing is compiled twice", async () => {
  const compiler = new LibraryCompiler(join(folder, "several-files"), discardingStore);
  const first = await compiler.compile();
  const second = await compiler.compile();
  expect(second).toEqual(first);
});
