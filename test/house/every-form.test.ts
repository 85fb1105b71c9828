/**
 * Checks that nothing of a chapter is lost or repeated in its page, Markdown, feed and search document: each has every displayed equation and every section of its source, in the order of the source.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeHTML } from "entities";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Chapter, isWritten } from "../../src/library/manifest.ts";
import { href } from "../../src/routes.ts";
import { parseDocument } from "../../src/search/search-document.ts";
import { openOwnWorld, ownLibrary } from "../own-library.ts";
import type { World } from "../world.ts";

let world: World;
let texts: { readonly path: string; readonly markdown: string; readonly file: string; readonly chapter: Chapter }[];
beforeAll(async () => {
  world = await openOwnWorld();
  texts = world.manifest.books
    .flatMap((book) => [
      {
        path: href.book(book.slug),
        markdown: href.markdown(book.slug, undefined),
        file: `${book.slug}/book.md`,
        chapter: book.overview,
      },
      ...book.contents.filter(isWritten).map((chapter) => ({
        path: href.chapter(book.slug, chapter.slug),
        markdown: href.markdown(book.slug, chapter.slug),
        file: `${book.slug}/${chapter.slug}.md`,
        chapter,
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

test("the feed of each book has every displayed equation of its texts as MathML, once and in order", async () => {
  for (const { slug } of world.manifest.books) {
    const feed = JSON.parse((await world.get(href.jsonFeed(slug))).body);
    for (const item of feed.items as { readonly url: string; readonly content_html: string }[]) {
      const text = texts.find(({ path }) => item.url.endsWith(path));
      if (!text) throw new Error(item.url);
      const { equations, sections } = await formsOf(text);
      const displayed = [
        ...item.content_html.matchAll(/<p>(<math[^>]*>(?:(?!<\/math>)[\s\S])*<\/math>)(?:\u2003\(\d+\))?<\/p>/g),
      ];
      expect([text.path, displayed.length]).toEqual([text.path, equations.length]);
      expect(htmlHeadings(item.content_html).length).toBeGreaterThanOrEqual(sections.length);
    }
  }
});
