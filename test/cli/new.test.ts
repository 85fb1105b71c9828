/** Tests `npm run new`: what it creates compiles, existing files are unchanged, and errors are explained. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withoutProgress } from "../publish/release-folder.ts";
import { bookFolder, repository } from "../world.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "library-new-"));
  cpSync(join(bookFolder("tea"), "content"), join(home, "content"), { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const run = (command: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync("node", [join(repository, "src/cli/commands", command), ...args], {
    cwd: home,
    encoding: "utf8",
  });
  return { status, output: withoutProgress(stdout + stderr).trim() };
};
const read = (path: string) => readFileSync(join(home, "content", path), "utf8");

/** The check's list: every symbol of a new chapter is explained, some of the test book's are not. */
const explained = (...paths: readonly string[]): string =>
  ["Symbols in formulas that readers can look up:", "   46 %  /tea/cooling"]
    .concat(paths.map((path) => `  100 %  ${path}`))
    .join("\n")
    .concat("\n");

test("an announced chapter takes its place in the table of contents, and everything compiles", () => {
  const before = read("tea/book.md");
  const { status, output } = run("new.ts", "chapter", "tea", "milk", "--title", 'Milk: "First" or Last');
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  expect([status, output]).toEqual([
    0,
    "Wrote content/tea/milk.md and added it to the table of contents in book.md.\n" +
      "It is a draft: `npm start` shows it at /tea/milk; give it a `published` date to publish it.\n" +
      `The next free day is ${tomorrow}.`,
  ]);
  expect(read("tea/book.md")).toBe(before.replace('- milk: "Milk: First or Last"', "- milk"));
  expect(read("tea/milk.md")).toContain('title: "Milk: \\"First\\" or Last"');
  expect(run("check.ts")).toEqual({ status: 0, output: `${explained("/tea/milk")}7 pages checked: no problems.` });
});

test("a chapter that nobody announced goes to the end of the list; a new book can be filled at once", () => {
  const before = read("tea/book.md");
  expect(run("new.ts", "chapter", "tea", "steeping", "--title", "Steeping").status).toBe(0);
  expect(read("tea/book.md")).toBe(before.replace("  - gongfu\n", "  - gongfu\n  - steeping\n"));
  expect(run("new.ts", "book", "coffee", "--title", "Coffee").status).toBe(0);
  expect(run("new.ts", "chapter", "coffee", "beans", "--title", "Beans").status).toBe(0);
  expect(read("coffee/book.md")).toContain("chapters:\n  - beans\n");
  expect(run("check.ts")).toEqual({
    status: 0,
    output: `${explained("/tea/steeping", "/coffee/beans")}9 pages checked: no problems.`,
  });
});

test.each([
  [["chapter", "tee", "x1", "--title", "X"], "There is no book `tee`. Did you mean `tea`?"],
  [["chapter", "tea", "cooling", "--title", "X"], "content/tea/cooling.md already exists; nothing was changed."],
  [
    ["chapter", "tea", "Hot Water", "--title", "X"],
    "`Hot Water` is not a valid slug: use lower-case letters, digits and single hyphens, such as `hot-water`.",
  ],
  [["book", "assets", "--title", "X"], "`assets` is a reserved page; choose another slug."],
  [["book", "tea", "--title", "X"], "content/tea/ already exists; nothing was changed."],
  [
    ["chapter", "tea", "x1", "--title", "X", "--published", "2026-02-30"],
    "`2026-02-30` is not a calendar date. Write a date, `2026-11-24`, or a time with its offset, `2026-11-24T09:00:00+01:00`; leave it out for a draft.",
  ],
  [
    ["chapter", "tea", "x1", "--title", "X", "--needs", "leaves,coolng"],
    "There is no chapter `coolng`. Did you mean `cooling`?",
  ],
  [["chapter", "tea", "x1", "--titel", "X"], "Unknown option `--titel`. Did you mean `--title`?"],
  [["chapter", "tea", "x1"], 'Pass a title in quotes: --title "…"'],
  [["book", "assets"], 'Pass a title in quotes: --title "…"'],
  [["chaptre", "tea", "x1"], "Unknown command `chaptre`. Did you mean `chapter`?"],
])("%j is refused", (args, reason) => {
  const before = read("tea/book.md");
  expect(run("new.ts", ...args)).toEqual({ status: 1, output: reason });
  expect(read("tea/book.md")).toBe(before);
  expect(existsSync(join(home, "content/assets"))).toBe(false);
});

test("with a date and what is to be read first; its address comes from its title; it is not published unwritten", () => {
  const args = ["chapter", "tea", "--title", "Steeping: How Long", "--needs", "leaves, cooling", "--published", "next"];
  const { status, output } = run("new.ts", ...args);
  const [, day = ""] = /It is dated (\d{4}-\d\d-\d\d) but cannot be published until it is written/.exec(output) ?? [];
  expect([status, Date.parse(day) > Date.now()]).toEqual([0, true]);
  expect(read("tea/steeping.md")).toContain(`\npublished: ${day}\nneeds: [leaves, cooling]\n`);
  const checked = run("check.ts");
  expect([checked.status, checked.output.split("\n")[0]]).toEqual([
    1,
    "content/tea/steeping.md:15:1  error  This page has a date but still contains the template from `npm run new`.",
  ]);
});

test("--help says what can be said", () => {
  const { status, output } = run("new.ts", "chapter", "--help");
  expect(status).toBe(0);
  for (const option of ["--title", "--excerpt", "--needs", "--published"]) expect(output).toContain(option);
});

test("without arguments and without a terminal it says how it is used", () => {
  const { status, output } = run("new.ts");
  expect(status).toBe(1);
  expect(output).toContain('npm run new -- chapter transformers alibi --title "ALiBi: Attention with Linear Biases"');
});
