/**
 * Tests `npm run import`: texts in each dialect, test/cli/import-text/<dialect>, become the drafts beside them, and the
 * compiler finds no more problems in a draft than expected.txt lists.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CommandError } from "../../src/cli/command-error.ts";
import { type ImportedText, importTexts } from "../../src/cli/import-text/import-text.ts";
import { LibraryCompiler } from "../../src/publish/compile-library.ts";
import { discardingStore } from "../../src/publish/object-store.ts";
import { withoutProgress } from "../publish/release-folder.ts";
import { bookFolder, repository } from "../world.ts";

const fixtures = join(import.meta.dirname, "import-text");
const originals = [
  "quarto/steeping.qmd",
  "jekyll/2019-05-02-milk-first.md",
  "hugo/water/index.md",
  "myst/oxidation.md",
  "sphinx/recurrence.md",
  "notebook/cooling_cup.ipynb",
];

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "library-import-"));
  cpSync(join(bookFolder("tea"), "content"), join(home, "content"), { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const read = (path: string): string => readFileSync(join(home, path), "utf8");

/** Every file of content/ with its bytes. */
const files = (): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(join(home, "content"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(home.length + 1), readFileSync(path, "base64")]),
  );

const run = (...args: string[]) => {
  const command = join(repository, "src/cli/commands/import.ts");
  const { status, stdout, stderr } = spawnSync("node", [command, ...args], { cwd: home, encoding: "utf8" });
  return { status, output: withoutProgress(stdout + stderr).trim() };
};

test("texts of every dialect become the expected drafts, in one library that lists their problems", async () => {
  const before = files();
  const imported = await importTexts(
    home,
    "tea",
    originals.map((path) => join(fixtures, path)),
  );
  const result = await new LibraryCompiler(home, discardingStore).compile();
  const problems = result.kind === "refused" ? result.problems : result.warnings;
  for (const [index, each] of imported.entries()) {
    const folder = join(fixtures, (originals[index] ?? "").split("/")[0] ?? "");
    const found = problems
      .filter(({ file }) => file === each.path)
      .map(({ line, severity, message }) => `  ${line}  ${severity}  ${message}\n`);
    await expect(read(each.path)).toMatchFileSnapshot(join(folder, "expected.md"));
    await expect(`${listOf(each)}The compiler:\n${found.join("")}`).toMatchFileSnapshot(join(folder, "expected.txt"));
  }
  // Only the table of contents has changed, and nothing else that existed.
  const after = files();
  expect([...before.keys()].filter((path) => after.get(path) !== before.get(path))).toEqual(["content/tea/book.md"]);
  expect(problems.filter(({ file }) => !imported.some(({ path }) => path === file))).toEqual([]);
});

const listOf = ({ copies, findings }: ImportedText): string =>
  [...copies.map((path) => `Copied ${path}`), ...findings.map(({ place, message }) => `${place}  ${message}`), ""].join(
    "\n",
  );

describe("nothing is lost", () => {
  /** Words and numbers of a text that a reader could miss. */
  const wordsOf = (text: string): Set<string> => new Set(text.match(/[\p{L}\p{N}]{3,}/gu));

  test.each(originals.filter((path) => !path.endsWith(".ipynb")))(
    "every word of %s is in the draft or in the list",
    async (path) => {
      const [imported] = await importTexts(home, "tea", [join(fixtures, path)]);
      if (!imported) throw new Error("Nothing was imported.");
      const kept = wordsOf(`${read(imported.path)} ${listOf(imported)}`.toLowerCase());
      const original = readFileSync(join(fixtures, path), "utf8").toLowerCase();
      expect([...wordsOf(original)].filter((word) => !kept.has(word))).toEqual(syntax[path] ?? []);
    },
  );

  /** Words that are syntax of the other dialect, and became ours. */
  const syntax: Readonly<Record<string, readonly string[]>> = {
    "quarto/steeping.qmd": ["subtitle", "bibliography", "refs", "sec", "images", "alt", "callout", "tip", "align"],
    "jekyll/2019-05-02-milk-first.md": [
      ...["0200", "more", "align", "relative", "url", "img", "src", "highlight", "endhighlight", "figure", "href"],
    ],
    "hugo/water/index.md": ["10t09", "00z", "summary", "figure", "src", "callout", "type", "highlight", "ref"],
    "myst/oxidation.md": [
      ...["sec", "cite", "ref", "numref", "figure", "math", "alt", "admonition", "class", "tip", "cell", "prf"],
    ],
    "sphinx/recurrence.md": ["cite", "eqlabel"],
  };
});

test("an image of the same name with other bytes gets another name; the same bytes are not copied twice", async () => {
  writeFileSync(join(home, "content/tea/leaf.png"), "other bytes");
  const from = join(fixtures, "myst/oxidation.md");
  const [first] = await importTexts(home, "tea", [from]);
  const [second] = await importTexts(home, "tea", [from], "oxidation-again");
  expect([first?.copies, second?.copies]).toEqual([["content/tea/leaf-2.png"], []]);
  expect(read("content/tea/oxidation-again.md")).toContain("](leaf-2.png ");
  expect(read("content/tea/leaf.png")).toBe("other bytes");
});

test("the command: what it wrote, what it could not convert, and what the compiler says", () => {
  cpSync(join(fixtures, "sphinx/recurrence.md"), join(home, "recurrence.md"));
  const { status, output } = run("recurrence.md", "--book", "tea", "--slug", "second-steeping");
  expect([status, output.split("\n").slice(0, 5)]).toEqual([
    0,
    [
      "Wrote content/tea/second-steeping.md and added it to the table of contents in book.md.",
      "It is a draft: `npm start` shows it at /tea/second-steeping; give it a `published` date to publish it.",
      "7 things to look at:",
      "  recurrence.md:1  There is no excerpt, so it is the beginning of the text: write one or two sentences.",
      "  recurrence.md:4  `:numref:`sec_recurrent`` became “Recurrent steeping”, as text.",
    ],
  ]);
  expect(output).toContain("\nThe compiler about the draft:\n\ncontent/tea/second-steeping.md:");
  expect(read("content/tea/book.md")).toContain("  - gongfu\n  - second-steeping\n");
});

describe("refused, and nothing is written", () => {
  const notNotebook = "`broken.ipynb` is not a Jupyter notebook (nbformat 4). Open it in Jupyter and save it again.";

  test.each<[names: string[], slug: string | undefined, reason: string]>([
    [["nothing.md"], undefined, "There is no file `nothing.md`."],
    [["cooling.md"], undefined, "content/tea/cooling.md already exists; nothing was changed."],
    [
      ["note.md", "2020-01-01-note.md"],
      undefined,
      "`note.md` and `2020-01-01-note.md` would both become `note`: import one of them with `--slug`.",
    ],
    [["note.md", "cooling.md"], "x", "`--slug` is for a single file."],
    [
      ["note.md"],
      "Not A Slug",
      "`Not A Slug` is not a valid slug: use lower-case letters, digits and single hyphens, such as `not-a-slug`.",
    ],
    [["note.docx"], undefined, "`note.docx` is not a .qmd, .md or .ipynb file."],
    [
      ["latin.md"],
      undefined,
      "`latin.md` is not UTF-8. Save it as UTF-8: in most editors, under “Save with encoding”.",
    ],
    [["broken.ipynb"], undefined, notNotebook],
    [["note.md", "broken.ipynb"], undefined, notNotebook],
  ])("%j", async (names, slug, reason) => {
    for (const name of ["note.md", "2020-01-01-note.md", "cooling.md", "note.docx"]) {
      writeFileSync(join(home, name), "# Note\n\nText.\n");
    }
    writeFileSync(join(home, "latin.md"), Buffer.from("caf\xe9", "latin1"));
    writeFileSync(join(home, "broken.ipynb"), '{ "cells": 1 }');
    const before = files();
    const paths = names.map((name) => join(home, name));
    const refused = await importTexts(home, "tea", paths, slug).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CommandError);
    expect(String((refused as CommandError).message).replaceAll(`${home}/`, "")).toBe(reason);
    expect(files()).toEqual(before);
  });

  test.each([
    [["note.md"], "Name the book: --book tea. The books: `tea`."],
    [["note.md", "--book", "tee"], "There is no book `tee`. Did you mean `tea`?"],
    [["--book", "tea"], "The argument <files> is missing. See `--help`."],
  ])("the command with %j", (args, reason) => {
    expect(run(...args)).toEqual({ status: 1, output: reason });
  });
});

test("if the table of contents cannot be written, no file remains", async () => {
  const book = read("content/tea/book.md").replace(/^chapters:\n( {2}- .*\n)+/m, "");
  writeFileSync(join(home, "content/tea/book.md"), book);
  await expect(importTexts(home, "tea", [join(fixtures, "myst/oxidation.md")])).rejects.toThrow(
    "has no `chapters` list",
  );
  expect(existsSync(join(home, "content/tea", basename("leaf.png")))).toBe(false);
});
