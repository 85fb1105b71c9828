/**
 * Compares mathematical boxes and references with expected files for every output: test/books/proofs/expected. To write
 * the files again: WRITE_EXPECTED=1 npm test -- test/publish/boxes-and-references.test.ts
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { htmlOf, parseChapter } from "../../src/library/chapter-object.ts";
import { isWritten, type Manifest } from "../../src/library/manifest.ts";
import { type LibraryObject, originMark, parseObject } from "../../src/library/objects.ts";
import { bookFolder } from "../world.ts";
import { compile, publish, withTex } from "./one-text.ts";
import { compilerFor, copyOf, edit } from "./release-folder.ts";

const folder = bookFolder("proofs");

const readObject = (home: string, hash: string): LibraryObject =>
  parseObject(readFileSync(join(home, `.release/objects/${hash}.json`)));

async function compiledBy(
  compiler: ReturnType<typeof compilerFor>,
): Promise<{ manifest: Omit<Manifest, "assets">; compiled: number }> {
  const result = await compiler.compile();
  if (result.kind === "refused") throw new Error(JSON.stringify(result.problems, undefined, 1));
  return result;
}

/** Every output of a chapter, by the name of its expected file; formulas as TeX, without inline styles and URLs of images. */
function outputsOf(home: string, manifest: Omit<Manifest, "assets">, book: string, slug: string) {
  const chapter = manifest.books
    .find((each) => each.slug === book)
    ?.contents.filter(isWritten)
    .find((each) => each.slug === slug);
  if (!chapter) throw new Error(`${slug} was not compiled`);
  const file = (name: string) => readFileSync(join(home, ".release/objects", name));
  const page = htmlOf(parseChapter(file(`${chapter.object}.chapter`)));
  const markdown = file(`${chapter.markdown}.md`).toString("utf8");
  const mail = readObject(home, chapter.mail);
  const feed = readObject(home, manifest.feed);
  if (mail.kind !== "mail" || feed.kind !== "feed") throw new Error("Objects are mixed up");
  const entry = feed.entries.find(({ path }) => path === `/${book}/${slug}`);
  return {
    "page.html.txt": withTex(page),
    "feed.html.txt": (entry?.html ?? "")
      .replace(/<math[\s\S]*?<\/math>/g, "⟨formula⟩")
      .replace(/\/media\/[0-9a-f]+/g, "/media/…"),
    "mail.html.txt": mail.html
      .replace(/<img[^>]*? alt="([^"]*)"[^>]*>/g, "⟨$1⟩")
      .replace(/ (style|width|cellpadding|cellspacing|role)="[^"]*"/g, ""),
    "mail.txt": mail.text,
    md: markdown.replace(/\/media\/[0-9a-f]+/g, "/media/…"),
  };
}

describe("a library with statements and proofs", () => {
  test.each([
    ["steeping", "cooling"],
    ["steeping", "strength"],
    ["pots", "clay"],
  ])("%s/%s: page, feed, email, plain text and Markdown", async (book, slug) => {
    const home = copyOf(folder);
    const { manifest } = await compiledBy(compilerFor(home));
    for (const [name, output] of Object.entries(outputsOf(home, manifest, book, slug))) {
      const file = join(folder, "expected", `${book}-${slug}.${name}`);
      const shown = `${output
        .replaceAll(originMark, "{origin}")
        .replace(/(src="\/media\/)[0-9a-f]+/g, "$1…")
        .trim()}\n`;
      if (process.env.WRITE_EXPECTED !== undefined) {
        mkdirSync(join(folder, "expected"), { recursive: true });
        writeFileSync(file, shown);
      }
      expect(shown, name).toBe(readFileSync(file, "utf8"));
    }
  });
});

/** The labels of all boxes, tables and listings of a page, in order. */
const labels = (html: string): string[] =>
  [...html.matchAll(/class="(?:box-kind|figure-number)">([^<]*)|<summary>([^<]*)/g)].map(([, kind, summary]) =>
    (kind ?? summary ?? "").replaceAll("\u00a0", " "),
  );

describe("numbers", () => {
  const text = [":::definition\nA.\n:::", ":::theorem\nB.\n:::", ":::example\nC.\n:::", ":::definition\nD.\n:::"].join(
    "\n\n",
  );
  const labelled = `${text}\n\n:::example{#exm:e}\nE.\n:::\n`;

  test("of each kind, or of all in one series; a worked example has one if it has a label", async () => {
    const perKind = await compile(labelled);
    expect(labels(perKind.html)).toEqual([
      "Definition 1",
      "Theorem 1",
      "Worked example",
      "Definition 2",
      "Worked example 1",
    ]);
    const shared = await compile(labelled, undefined, undefined, { sharesBoxNumbers: true });
    expect(labels(shared.html)).toEqual([
      "Definition 1",
      "Theorem 2",
      "Worked example",
      "Definition 3",
      "Worked example 4",
    ]);
  });

  test("only what has a caption is numbered, and the caption may be in a list or a box", async () => {
    const table = "| a |\n| --- |\n| b |\n";
    const { page } = await publish(
      `${table}\n:::note\n${table}\n: In a box.\n:::\n\n- x\n\n  \`\`\`python\n  y = 1\n  \`\`\`\n\n  : In a list,\n  on two lines. {#lst:y}\n\nSee [@lst:y].\n`,
    );
    expect(labels(page)).toEqual(["Note", "Table 1.", "Listing 1."]);
    expect(page).toContain("</span> In a list,\non two lines.</figcaption>");
    expect(page).toContain('<a href="#lst-y">Listing\u00a01</a>');
  });

  test("a solution belongs to the exercise before it, or to the one that it names", async () => {
    const { page } = await publish(
      ":::exercise{#exr:a}\nA?\n:::\n\n:::exercise\nB?\n:::\n\n:::solution\nb\n:::\n\n:::solution[[@exr:a]]\na\n:::\n",
    );
    expect(labels(page)).toEqual(["Exercise 1", "Exercise 2", "Solution to Exercise 2", "Solution to "]);
    expect(page).toContain('<summary>Solution to <a href="#exr-a">Exercise\u00a01</a></summary>');
    expect(page).toContain('aria-label="Solution to Exercise\u00a01"');
  });
});

describe("references", () => {
  test("to sections have their words, with maths in Unicode; in headings and in the table of contents they are words", async () => {
    const { page, headings } = await publish(
      ":::theorem{#thm:a}\nA.\n:::\n\n## The law of $T_r$\n\nSee [@sec:the-law-of-t_r].\n\n## Proof of [@thm:a]\n",
    );
    expect(page).toContain('<a href="#the-law-of-t_r">Section “The law of Tᵣ”</a>');
    expect(headings[1]?.html).toBe("Proof of Theorem\u00a01");
  });

  test("to figures by their names, or by labels of their own", async () => {
    const figure = '![Teas.](figure:six-teas "Six.")';
    const { page } = await publish(`${figure}\n\n${figure}{#fig:again}\n\n[@fig:six-teas] and [@fig:again].\n`);
    expect(page).toContain('<a href="#figure-1">Figure\u00a01</a> and <a href="#figure-2">Figure\u00a02</a>');
  });

  test("links and citations in brackets stay what they are", async () => {
    const { page } = await publish("[@Okakura06; @Newton01], [@eq:x](https://example.org) and `[@eq:x]`.\n");
    expect(page).toContain('<a href="https://example.org/">@eq:x</a> and <code>[@eq:x]</code>');
  });

  test("follow the numbers of another text, in all outputs, and only the texts that refer to it are compiled again", async () => {
    const home = copyOf(folder);
    const compiler = compilerFor(home);
    const before = await compiledBy(compiler);
    expect(before.compiled).toBe(6);
    edit(home, "content/pots/clay.md", (text) =>
      text.replace(":::theorem{#thm", ":::theorem\nIron does not.\n:::\n\n:::theorem{#thm"),
    );
    const { manifest, compiled } = await compiledBy(compiler);
    // The chapter itself, the overview of its book, and the chapter of another book.
    expect(compiled).toBe(3);
    const shown = outputsOf(home, manifest, "steeping", "strength");
    for (const [name, output] of Object.entries(shown))
      expect(output.replaceAll("\u00a0", " "), name).toContain("Theorem 2 in “Clay”");
    const fresh = await compiledBy(compilerFor(home));
    expect(fresh.manifest).toEqual(manifest);
  });

  test("follow the title of another text", async () => {
    const home = copyOf(folder);
    const compiler = compilerFor(home);
    await compiledBy(compiler);
    edit(home, "content/pots/clay.md", (text) => text.replace("title: Clay", "title: Iron"));
    const { manifest } = await compiledBy(compiler);
    expect(outputsOf(home, manifest, "steeping", "strength")["page.html.txt"]).toContain("in “Iron”");
  });
});
