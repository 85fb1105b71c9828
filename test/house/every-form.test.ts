/**
 * Checks that nothing of a chapter is lost or repeated in its page, Markdown, feeds, email, plain text and search
 * document: each has every displayed equation and every section of its source once, in the order of the source.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeHTML } from "entities";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { bookCloths } from "../../src/library/cloths.ts";
import { directionOf } from "../../src/library/language.ts";
import { type Book, type Chapter, isWritten } from "../../src/library/manifest.ts";
import { type FrontObject, type MailObject, parseObject } from "../../src/library/objects.ts";
import { feedMathml } from "../../src/publish/maths/feed-mathml.ts";
import { typesetChecked } from "../../src/publish/maths/maths.ts";
import { mathsInUnicode } from "../../src/publish/maths/maths-in-unicode.ts";
import { mathsInWords } from "../../src/publish/maths/spoken-maths.ts";
import { sha256 } from "../../src/publish/object-store.ts";
import { findFont } from "../../src/publish/share/font-file.ts";
import { drawShareImage } from "../../src/publish/share/share-image.ts";
import { withoutEndMark } from "../../src/publish/text/main-formula.ts";
import { href } from "../../src/routes.ts";
import { parseDocument } from "../../src/search/search-document.ts";
import { openOwnWorld, ownLibrary } from "../own-library.ts";
import type { World } from "../world.ts";

let world: World;
let texts: {
  readonly path: string;
  readonly markdown: string;
  readonly file: string;
  readonly chapter: Chapter;
  readonly book: Book;
}[];
beforeAll(async () => {
  world = await openOwnWorld();
  texts = world.manifest.books
    .flatMap((book) => [
      {
        path: href.book(book.slug),
        markdown: href.markdown(book.slug, undefined),
        file: `${book.slug}/book.md`,
        chapter: book.overview,
        book,
      },
      ...book.contents.filter(isWritten).map((chapter) => ({
        path: href.chapter(book.slug, chapter.slug),
        markdown: href.markdown(book.slug, chapter.slug),
        file: `${book.slug}/${chapter.slug}.md`,
        chapter,
        book,
      })),
    ])
    .filter(({ chapter: { published = "9" } }) => published <= "2026-12-01");
});
afterAll(() => world[Symbol.asyncDispose]());

const object = (name: string): Buffer => readFileSync(join(world.release, "objects", name));

/** Without its label and spaces. */
const bare = (tex: string): string => tex.replace(/\\label\s*\{[^}]*\}/, "").replace(/\s+/g, "");

/** The lines between `$$` and `$$`, which may be indented. */
const equationsIn = (markdown: string): string[] =>
  [...markdown.matchAll(/^[ >]*\$\$\n([\s\S]*?)\n[ >]*\$\$$/gm)].map(([, tex = ""]) => tex);

const sectionCount = (markdown: string): number => markdown.match(/^## .+$/gm)?.length ?? 0;
const bodyOf = (file: string): string =>
  readFileSync(join(ownLibrary, "content", file), "utf8").replace(/^---\n[\s\S]*?\n---\n/, "");

const htmlHeadings = (html: string): string[] =>
  [...html.matchAll(/<h2[^>]*>([\s\S]*?)<\/h2>/g)].map(([, inside = ""]) => inside);

const wordsOf = (html: string): string =>
  decodeHTML(html.replace(/<[^>]*>/g, ""))
    .replace(/\s+/g, " ")
    .trim();

/** Headings of a page as other forms must have them: a formula in one is written differently in each. */
const headingsOf = (page: string) =>
  htmlHeadings(page).map((html) => (html.includes("<math") ? expect.any(String) : wordsOf(html)));

/** MathML of a displayed equation of the text. */
const mathmlOf = (tex: string): string => typesetChecked(tex, true).mathml;

async function formsOf({ path, markdown, chapter }: (typeof texts)[number]) {
  const { body } = await world.get(path);
  const page = body.slice(body.indexOf('<div class="body"'), body.indexOf('<nav class="neighbours"'));
  const equations = [
    ...page.matchAll(/<div class="equation(?: numbered)?" id="([^"]+)"[^>]*>([\s\S]*?)<\/annotation>/g),
  ];
  return {
    equations: equations.map(([, id = "", html = ""]) => ({
      id,
      tex: decodeHTML(html.slice(html.lastIndexOf("<annotation")).replace(/^<[^>]*>/, "")),
    })),
    sections: [...page.matchAll(/<h2 id="([^"]+)"/g)].map(([, id = ""]) => id),
    headings: headingsOf(page),
    markdown: (await world.get(markdown)).body,
    found: parseDocument(object(`${chapter.searchDocument}.search`)),
  };
}

test("page, Markdown and search document have every displayed equation and section of the source once", async () => {
  for (const text of texts) {
    const source = bodyOf(text.file);
    const { equations, sections, markdown, found } = await formsOf(text);
    const tex = equations.map((equation) => bare(equation.tex));
    const ids = equations.map(({ id }) => id);
    expect([text.path, tex.length, new Set(ids).size]).toEqual([text.path, equationsIn(source).length, tex.length]);
    expect([text.path, equationsIn(markdown).map(bare)]).toEqual([text.path, tex]);
    const displayed = found.formulas.filter(({ id }) => id !== undefined);
    expect([text.path, displayed.map(({ id }) => id)]).toEqual([text.path, ids]);
    expect([text.path, displayed.map((formula) => bare(found.markupOf(formula).tex))]).toEqual([text.path, tex]);
    expect([text.path, sections.length, sectionCount(markdown)]).toEqual([
      text.path,
      sectionCount(source),
      sectionCount(source),
    ]);
    const places = found.places.filter(({ kind, id }) => kind === "section" && id !== "").map(({ id }) => id);
    expect([text.path, places]).toEqual([text.path, sections]);
  }
  expect(texts.length).toBeGreaterThan(0);
});

/** Equations of an HTML feed: MathML in a paragraph of its own, a numbered one with its number. */
const equationsOfFeed = (html: string): string[] =>
  [...html.matchAll(/<p>(<math[^>]*>(?:(?!<\/math>)[\s\S])*<\/math>)(?:\u2003\(\d+\))?<\/p>/g)].map(([, mathml = ""]) =>
    mathml.replace(/^(<math[^>]*) displaystyle="true"/, '$1 display="block"'),
  );

const feedsOf = async (book: string) => {
  const json = JSON.parse((await world.get(href.jsonFeed(book))).body) as {
    readonly items: readonly { readonly url: string; readonly content_html: string }[];
  };
  const { body: atom } = await world.get(href.feed(book));
  const contents = [...atom.matchAll(/<content type="html"[^>]*>([\s\S]*?)<\/content>/g)];
  return { items: json.items, atom: contents.map(([, escaped = ""]) => decodeHTML(escaped)) };
};

test("the feeds of each book have every displayed equation of its texts as MathML and every section", async () => {
  const inFeeds = new Set<string>();
  for (const { slug } of world.manifest.books) {
    const { items, atom } = await feedsOf(slug);
    expect(atom).toEqual(items.map(({ content_html }) => content_html));
    for (const { url, content_html } of items) {
      const text = texts.find(({ path }) => url.endsWith(path));
      if (!text) throw new Error(url);
      inFeeds.add(text.path);
      const { equations, headings } = await formsOf(text);
      const expected = equations.map(({ tex }) => feedMathml(mathmlOf(tex)));
      expect([text.path, equationsOfFeed(content_html)]).toEqual([text.path, expected]);
      const found = htmlHeadings(content_html).map(wordsOf);
      expect([text.path, found.slice(0, headings.length)]).toEqual([text.path, headings]);
      // Only headings of the notes and the changes follow.
      expect(found.slice(headings.length).filter((heading) => headings.includes(heading))).toEqual([]);
    }
  }
  expect(inFeeds.size).toBe(texts.length);
});

/** Images of an email that have a line of their own: equations, without figures. */
const equationsOfMail = (html: string) =>
  [...html.matchAll(/<span style="display:inline-block;[^>]*><img src="([^"]*)" alt="([^"]*)"([^>]*)>/g)]
    .filter(([, , , attributes = ""]) => !attributes.includes('class="ml-'))
    .map(([, source = "", alt = ""]) => ({ source, alt: decodeHTML(alt) }));

test("each email has every displayed equation of its text as an image with its words, and every section", async () => {
  for (const text of texts) {
    const { html, cut } = parseObject(object(`${text.chapter.mail}.json`)) as MailObject;
    const { equations, headings } = await formsOf(text);
    const found = equationsOfMail(html);
    const end = cut ? found.length : undefined;
    const expected = equations.map(({ tex }) => mathsInWords(mathmlOf(tex))).slice(0, end);
    expect([text.path, found.map(({ alt }) => alt)]).toEqual([text.path, expected]);
    // Another equation has another image.
    const images = new Map(found.map(({ source }, index) => [bare(equations[index]?.tex ?? ""), source]));
    expect(new Set(images.values()).size).toBe(images.size);
    const titles = htmlHeadings(html).map(wordsOf);
    const shown = cut ? headings.slice(0, titles.length) : headings;
    expect([text.path, titles.slice(0, shown.length)]).toEqual([text.path, shown]);
    expect(titles.slice(shown.length).filter((heading) => headings.includes(heading))).toEqual([]);
  }
});

/** Paragraphs of plain text, without the edges of boxes; lines of an equation keep their alignment. */
const paragraphsOf = (text: string): string[] =>
  text
    .replace(/^\| ?/gm, "")
    .split(/\n\s*\n/)
    .map(dedent);

const dedent = (paragraph: string): string => {
  const lines = paragraph.split("\n").filter((line) => line.trim() !== "");
  const indent = Math.min(...lines.map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent).trimEnd()).join("\n");
};

test("each plain-text email has every displayed equation of its text, and every section", async () => {
  for (const text of texts) {
    const mail = parseObject(object(`${text.chapter.mail}.json`)) as MailObject;
    const { equations, headings } = await formsOf(text);
    const expected = equations.map(({ tex }) => dedent(mathsInUnicode(mathmlOf(tex)).join("\n")));
    const known = new Set(expected);
    const found = paragraphsOf(mail.text)
      .map((paragraph) => paragraph.replace(/ {4}\(\d+\)$/, ""))
      .filter((paragraph) => known.has(paragraph));
    expect([text.path, found]).toEqual([text.path, mail.cut ? expected.slice(0, found.length) : expected]);
    const titles = [...mail.text.matchAll(/((?:.+\n)+)-{3,}$/gm)].map(([, lines = ""]) => wordsOf(lines));
    const shown = mail.cut ? headings.slice(0, titles.length) : headings;
    expect([text.path, titles.slice(0, shown.length)]).toEqual([text.path, shown]);
    expect(titles.slice(shown.length).filter((heading) => headings.includes(heading))).toEqual([]);
  }
});

/** The equation that the text chooses for its image, or else its first numbered one. */
function mainFormulaOf(file: string): string | undefined {
  const [, yaml = ""] = /^---\n([\s\S]*?)\n---\n/.exec(readFileSync(join(ownLibrary, "content", file), "utf8")) ?? [];
  const { share } = parseYaml(yaml) as { readonly share?: string };
  const label = share === undefined ? "\\label{" : `\\label{${share}}`;
  const chosen = equationsIn(bodyOf(file)).find((tex) => tex.includes(label)) ?? share;
  return chosen && withoutEndMark(chosen.replace(/\s*\\label\{[^}]*\}/, "").trim());
}

test("the share image of every text is the one with its main formula", async () => {
  const { manifest } = world;
  const font = findFont(ownLibrary);
  const { covers } = parseObject(object(`${manifest.front}.json`)) as FrontObject;
  for (const { path, file, book, chapter } of texts) {
    const { light, cover } = bookCloths[book.cloth as keyof typeof bookCloths];
    const language = book.language ?? manifest.language;
    const { png } = await drawShareImage({
      kicker: manifest.title,
      title: chapter.title,
      direction: directionOf(chapter.language ?? language),
      cover: {
        cloth: cover,
        ornament: covers[book.slug] ?? "",
        title: book.shortTitle,
        direction: directionOf(language),
      },
      accent: light,
      formula: mainFormulaOf(file),
      font,
    });
    expect([path, sha256(png)]).toEqual([path, chapter.shareImage]);
  }
});
