/** Checks how declared changes of a chapter are published, in every form, and what the author is told about them. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseChapter } from "../../src/library/chapter-object.ts";
import { isWritten } from "../../src/library/manifest.ts";
import { type LibraryObject, originMark, parseObject } from "../../src/library/objects.ts";
import { LibraryCompiler } from "../../src/publish/compile-library.ts";
import { discardingStore, sha256 } from "../../src/publish/object-store.ts";
import { bookFolder } from "../world.ts";
import { withTex } from "./one-text.ts";

const now = Date.parse("2026-03-01T12:00:00.000Z");
const expected = (name: string) => join(import.meta.dirname, "expected/changes", name);

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "changes-"));
});
beforeEach(() => cpSync(join(bookFolder("errata"), "content"), join(home, "content"), { recursive: true }));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function edit(path: string, from: string, to: string): void {
  const file = join(home, "content/pouring", path);
  const text = readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`${path} does not have ${from}`);
  writeFileSync(file, text.replace(from, to));
}

describe("a chapter that has changed", () => {
  const objects = new Map<string, Uint8Array>();
  const store = {
    put(bytes: string | Uint8Array) {
      const hash = sha256(bytes);
      objects.set(hash, Buffer.from(bytes));
      return hash;
    },
    has: () => false,
  };
  const objectAt = <Kind extends LibraryObject["kind"]>(hash: string, kind: Kind) => {
    const object = parseObject(objects.get(hash) ?? Buffer.from("{}"));
    if (object.kind !== kind) throw new Error(`${hash} is a ${object.kind}`);
    return object as Extract<LibraryObject, { kind: Kind }>;
  };
  const spread = async () => {
    const result = await new LibraryCompiler(home, store).compile();
    if (result.kind === "refused") throw new Error(JSON.stringify(result.problems, null, 1));
    const [book] = result.manifest.books;
    const chapter = book?.contents.filter(isWritten).find(({ slug }) => slug === "spread");
    if (!book || !chapter) throw new Error("the chapter was not compiled");
    return { chapter, feed: objectAt(book.feed, "feed") };
  };
  /** From the heading of the section, with readable placeholders. */
  const sectionOf = (text: string): string =>
    `${withTex(text.slice(text.search(/(<h2[^>]*>|^## |^)Changes/m)))
      .replaceAll(originMark, "{origin}")
      .replace(/\{origin\}\/mail\/\S+?\.png/g, "{picture}")
      .replace(/<\/div>\s*$/, "")
      .trim()}\n`;

  test("is described in the manifest: newest first, formulas in Unicode", async () => {
    const { chapter } = await spread();
    expect(chapter.updated).toBe("2026-02-03T17:00:00.000Z");
    expect(chapter.changes).toEqual([
      {
        at: "2026-02-03T17:00:00.000Z",
        text: "Equation (1) was printed without its square root: it gave the variance s² < 1, not the spread. Thanks to a reader.",
        correction: true,
      },
      { at: "2026-01-20T00:00:00.000Z", text: "A sentence on refills was added, and strainers will follow." },
      { at: "2026-01-14T00:00:00.000Z", text: "The second cup holds 1.9 dl, not 1.6 dl.", correction: true },
    ]);
  });

  test("lists them in its object, feed entry, email and Markdown", async () => {
    const { chapter, feed } = await spread();
    const object = parseChapter(objects.get(chapter.object) ?? new Uint8Array());
    const markdown = String(objects.get(chapter.markdown));
    const mail = objectAt(chapter.mail, "mail");
    const html = object.changes?.map((change) => ({ ...change, html: withTex(change.html) }));
    await expect(`${JSON.stringify(html, null, 2)}\n`).toMatchFileSnapshot(expected("object.json"));
    const entry = feed.entries.find(({ path }) => path === "/pouring/spread")?.html ?? "";
    await expect(sectionOf(entry)).toMatchFileSnapshot(expected("feed.html"));
    await expect(sectionOf(mail.html)).toMatchFileSnapshot(expected("mail.html"));
    await expect(sectionOf(mail.text)).toMatchFileSnapshot(expected("mail.txt"));
    await expect(sectionOf(markdown)).toMatchFileSnapshot(expected("chapter.md"));
  });
});

describe("the author is told", () => {
  const problems = async () => {
    const result = await new LibraryCompiler(home, discardingStore).compile(undefined, now);
    const found = result.kind === "refused" ? result.problems : result.warnings;
    return found.map(({ file, line, column, severity, message, fix }) => {
      const place = `${file.replace("content/pouring/", "")}:${line}:${column}`;
      return `${place} ${severity} ${message} -> ${fix}`;
    });
  };

  test("nothing about changes that are declared correctly", async () => {
    expect(await problems()).toEqual([]);
  });

  test("that a change is dated before publication", async () => {
    edit("spread.md", "date: 2026-01-14", "date: 2026-01-12");
    expect(await problems()).toEqual([
      "spread.md:13:11 error This change is dated before the page was published, on 2026-01-12 08:30 UTC. -> Correct the date, or remove the entry: what changed before publication concerns no reader.",
    ]);
  });

  test("that a change is dated in the future, but not that it is already tomorrow somewhere", async () => {
    edit("spread.md", "date: 2026-01-20", "date: 2026-03-02");
    expect(await problems()).toEqual([]);
    edit("spread.md", "date: 2026-03-02", "date: 2026-03-03");
    expect(await problems()).toEqual([
      "spread.md:6:11 error This change is dated in the future: 2026-03-03. -> Write the date on which you publish it; a change cannot be scheduled.",
    ]);
  });

  test("that two changes are the same moment, however it is written", async () => {
    edit("spread.md", "date: 2026-01-14", "date: 2026-02-03T17:00:00Z");
    expect(await problems()).toEqual([
      "spread.md:13:11 error Two changes have the date 2026-02-03 17:00 UTC. -> Put them into one entry, or write the time of the second: `2026-12-03T09:00:00+01:00`.",
    ]);
  });

  test("that a draft has no changes to declare", async () => {
    edit("strainers.md", "---\nHoles", "changes:\n  - date: 2026-02-01\n    text: New holes.\n---\nHoles");
    expect(await problems()).toEqual([
      "strainers.md:4:1 warning This draft declares 1 change, but readers have not seen an earlier version. -> Remove `changes`, or add the date it was published on.",
    ]);
  });

  test("what a change consists of", async () => {
    const fix =
      "Write each change as `- date: 2026-12-03`, `text: …` and, if it corrects an error, `correction: true`; `changes: []` if there is nothing to declare.";
    edit("refills.md", "---\nThe", 'changes:\n  - date: soon\n    text: ""\n    corrects: yes\n---\nThe');
    expect(await problems()).toEqual([
      `refills.md:6:11 error \`date\` is not a date. -> ${fix}`,
      `refills.md:7:11 error \`text\` is empty. -> ${fix}`,
      "refills.md:8:5 error Unknown field `corrects`. -> Did you mean `correction`?",
    ]);
  });

  test("what is wrong in the text of a change, at its place", async () => {
    edit("spread.md", "*square root*", "$\\fract{1}$ and [root](roots) of \\eqref{root}[^1] [@Okakura06]");
    expect(await problems()).toEqual([
      "spread.md:10:56 error This TeX cannot be typeset: Undefined control sequence: \\fract. -> KaTeX does not know `\\fract`; for an upright name write `\\operatorname{fract}`.",
      "spread.md:10:71 error There is no chapter `roots`. -> The chapters: `pouring`, `spread`, `refills`, `strainers`.",
      "spread.md:10:88 error No equation has the label `root`. -> The labels: `spread`.",
      "spread.md:10:100 error The note `1` is not defined. -> Add a paragraph `[^1]: …`. There are no notes yet.",
      "spread.md:10:105 error `Okakura06` is not among this page's references. -> Add it to `references` in the front matter. There are no references of this page yet.",
    ]);
  });
});
