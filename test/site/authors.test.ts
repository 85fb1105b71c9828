/**
 * Checks everything that names authors in a library with authors.yaml (test/books/observatory), against files that a
 * person can read: test/books/observatory/expected.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CatalogueEntry, catalogueAt } from "../../src/library/catalogue.ts";
import { parseFeedIdentities } from "../../src/library/feed-identities.ts";
import { type Manifest, objectFiles, parseManifest } from "../../src/library/manifest.ts";
import { Byline } from "../../src/site/chapter-page.tsx";
import { renderAtom } from "../../src/site/feeds/atom.ts";
import { en } from "../../src/ui/words/en.ts";
import { bookFolder, openWorld, present, type World } from "../world.ts";

const folder = bookFolder("observatory");
const expected = (name: string): string => readFileSync(join(folder, "expected", name), "utf8");

let world: World;
beforeAll(async () => {
  world = await openWorld(folder);
});
afterAll(() => world[Symbol.asyncDispose]());

/** One element a line; the hashes of files are left out. */
const readable = (html: string): string =>
  `${html
    .replace(/[0-9a-f]{64}/g, "HASH")
    .replace(/ +/g, " ")
    .replace(/>(?=<)/g, ">\n")
    .trim()}\n`;

const partOf = (html: string, from: string, to: string): string => {
  const start = html.indexOf(from);
  const end = html.indexOf(to, start);
  if (start === -1 || end === -1) throw new Error(`The page has no ${from} … ${to}:\n${html}`);
  return html.slice(start, end + to.length);
};

async function pageAt(path: string): Promise<string> {
  const { status, body } = await world.get(path);
  expect(status).toBe(200);
  return body;
}

describe("a chapter of several authors", () => {
  test("its byline links to those who have a page, in the order of the front matter", async () => {
    const body = await pageAt("/stars/dust");
    expect(readable(partOf(body, '<p class="byline">', "</p>"))).toBe(expected("byline.html"));
  });

  test("its metadata names all of them, with ORCID iDs", async () => {
    const body = await pageAt("/stars/dust");
    expect(readable(partOf(body, '<meta name="citation_title"', "</script>"))).toBe(expected("metadata.html"));
  });

  test("BibTeX", async () => {
    const body = await pageAt("/stars/dust");
    expect(body).toContain("author    = {Noor Haddad and Mara Lindqvist and Tomasz Wilk}");
  });

  test("as Markdown", async () => {
    expect(await pageAt("/stars/dust.md")).toBe(expected("dust.md"));
  });

  test("in the feed, each with the page as `uri`", async () => {
    const body = await pageAt("/stars/feed.xml");
    const authors = [...body.matchAll(/<title>([^<]*)<\/title>\n<id>|<author>.*?<\/author>(?:<author>.*<\/author>)?/g)];
    expect(`${authors.map(([found, title]) => title ?? readable(found).trim()).join("\n")}\n`).toBe(
      expected("feed-authors.xml"),
    );
  });

  test("in the table of contents of its book, which has other authors", async () => {
    const body = await pageAt("/stars/");
    expect([...body.matchAll(/<p class="entry-authors" dir="auto">(.*?)<\/p>/g)].map(([, names]) => names)).toEqual([
      '<a href="/authors/tomasz" rel="author" dir="auto">Tomasz Wilk</a> and <a href="/authors/ines" rel="author" dir="auto">Inés Valcárcel</a>',
      '<a href="/authors/noor" rel="author" dir="auto">Noor Haddad</a>, <bdi>Mara Lindqvist</bdi> and <a href="/authors/tomasz" rel="author" dir="auto">Tomasz Wilk</a>',
    ]);
  });
});

describe("a chapter of many authors", () => {
  const shownFor = (count: number): string => {
    const names = Array.from({ length: count }, (_, index) => `Author ${index + 1}`);
    const books = world.manifest.books.map((book) => ({
      ...book,
      contents: book.contents.map((each) =>
        each.slug === "dust" ? { ...each, authors: names, profileIds: [] } : each,
      ),
    }));
    const catalogue = catalogueAt(Date.parse(present), { ...world.manifest, books });
    const entry = catalogue.byPath.get("/stars/dust") as CatalogueEntry;
    const page = { catalogue, origin: "https://library.example", words: en, newsletterOpen: false };
    return String(Byline({ page, entry, now: Date.parse(present) }));
  };

  test("names the first three, which open the list of all", () => {
    const shown = shownFor(32);
    expect(shown).toContain("<summary>Author 1, Author 2, Author 3 and 29 more</summary>");
    expect(shown.match(/<bdi>Author \d+<\/bdi>/g)).toHaveLength(32);
    expect(shown.indexOf("</details>")).toBeLessThan(shown.indexOf('<p class="byline">'));
  });

  test("names eight in one line, as ever", () => {
    expect(shownFor(8)).not.toContain("<details");
    expect(shownFor(8).match(/<bdi>Author \d+<\/bdi>/g)).toHaveLength(8);
  });
});

describe("the pages of authors", () => {
  test.each(["ines", "tomasz", "noor"])("%s", async (id) => {
    const body = await pageAt(`/authors/${id}`);
    expect(readable(partOf(body, "<article", "</article>"))).toBe(expected(`author-${id}.html`));
    expect(body).toContain(`<link rel="canonical" href="https://library.example/authors/${id}"/>`);
  });

  test("say who it is to search engines", async () => {
    const body = await pageAt("/authors/ines");
    expect(readable(partOf(body, '<script type="application/ld+json"', "</script>"))).toBe(expected("person.html"));
  });

  test("the list, which every page links to, and the About page", async () => {
    expect(readable(partOf(await pageAt("/authors/"), "<article", "</article>"))).toBe(expected("authors.html"));
    const about = await pageAt("/about");
    expect(about).toContain('<a href="/authors/">Authors</a>');
    expect(partOf(about, '<span class="authors"', "</span>")).toBe(
      '<span class="authors" dir="auto"><a href="/authors/ines" rel="author" dir="auto">Inés Valcárcel</a> and <a href="/authors/tomasz" rel="author" dir="auto">Tomasz Wilk</a></span>',
    );
  });

  test("the picture is served like other images", async () => {
    const [, path = ""] = /<img class="portrait" src="([^"]+)"/.exec(await pageAt("/authors/tomasz")) ?? [];
    const picture = await world.get(path);
    expect([picture.status, picture.headers.get("Content-Type")]).toEqual([200, "image/png"]);
    expect(objectFiles(world.manifest)).toContain(path.replace("/media/", ""));
  });

  test.each([
    ["/authors", "/authors/"],
    ["/authors/Ines", "/authors/ines"],
    ["/AUTHORS/ines/", "/authors/ines"],
    ["/authors/ines.html", "/authors/ines"],
  ])("another spelling: %s -> %s", async (from, to) => {
    const { status, headers } = await world.get(from);
    expect([status, headers.get("Location")]).toEqual([301, to]);
  });

  test("are in the sitemap", async () => {
    const body = await pageAt("/sitemap.xml");
    expect([...body.matchAll(/<loc>https:\/\/library\.example(\/authors[^<]*)/g)].map(([, path]) => path)).toEqual([
      "/authors/",
      "/authors/ines",
      "/authors/tomasz",
      "/authors/noor",
    ]);
  });

  test("nothing reveals the author of a scheduled chapter before it is published", async () => {
    for (const path of ["/authors/eliot", "/authors/nobody"]) expect((await world.get(path)).status).toBe(404);
    const pages = await Promise.all(["/authors/", "/sitemap.xml", "/clocks/", "/"].map(pageAt));
    expect(pages.join("")).not.toMatch(/eliot/i);
    const later = await world.get("/authors/eliot", { now: "2030-06-01T12:00:00Z" });
    expect([later.status, later.body.includes("Quartz: A Very Small Bell")]).toEqual([200, true]);
  });
});

describe("with one author", () => {
  const single = (): Manifest => {
    const { profiles = [], ...manifest } = world.manifest;
    const books = manifest.books.filter(({ slug }) => slug === "clocks");
    return { ...manifest, books, profiles: profiles.filter(({ id }) => id === "tomasz") };
  };

  test("there is no list of authors, and nothing links to it", () => {
    const { authors } = catalogueAt(Date.parse(present), single());
    expect([...authors.keys()]).toEqual(["/authors/tomasz"]);
  });
});

test("a change of authors changes neither the id nor the date of a feed's entry", () => {
  const feedOf = (manifest: Manifest): string =>
    renderAtom(
      {
        catalogue: catalogueAt(Date.parse(present), manifest),
        origin: "https://library.example",
        words: en,
        feed: { kind: "feed", entries: [{ path: "/stars/dust", html: "" }] },
        identities: parseFeedIdentities(null),
      },
      Date.parse(present),
    );
  const [before, after] = [world.manifest, withAuthor(world.manifest, "Mara Lindqvist")].map(feedOf);
  const withoutAuthors = (xml = "") => xml.replace(/<author>.*<\/author>\n/g, "");
  expect(after).toContain("\n<author><name>Mara Lindqvist</name></author>\n");
  expect(withoutAuthors(after)).toBe(withoutAuthors(before));
});

const withAuthor = (manifest: Manifest, name: string): Manifest => ({
  ...manifest,
  books: manifest.books.map((book) => ({
    ...book,
    contents: book.contents.map((entry) =>
      "object" in entry ? { ...entry, authors: [name], profileIds: [""] } : entry,
    ),
  })),
});

describe("a library without authors.yaml, and a release from before it", () => {
  test("has names without links, as it always had", async () => {
    await using tea = await openWorld();
    const manifest = parseManifest(JSON.parse(readFileSync(join(tea.release, "manifest.json"), "utf8")));
    expect(JSON.stringify(manifest)).not.toMatch(/"profile/);
    const { body } = await tea.get("/tea/cooling");
    expect(body).toContain('<span class="authors" dir="auto">Ada Brewer, Isaac Newton</span>');
    expect(body).not.toMatch(/rel="author"|\/authors|property="article:author"/);
    expect([...body.matchAll(/"citation_author" content="([^"]+)"/g)].map(([, name]) => name)).toEqual([
      "Ada Brewer",
      "Isaac Newton",
    ]);
    expect((await tea.get("/feed.xml")).body).toContain(
      "\n<author><name>Ada Brewer</name></author><author><name>Isaac Newton</name></author>\n",
    );
    expect((await tea.get("/tea/cooling.md")).body).toContain("\n\nAda Brewer, Isaac Newton · 2 February 2026 · ");
    for (const path of ["/authors/", "/authors/ada"]) expect((await tea.get(path)).status).toBe(404);
  });
});
