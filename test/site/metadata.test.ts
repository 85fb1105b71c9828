/** Checks what search engines, reference managers and previews of links read in the head of each kind of page. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CatalogueEntry, catalogueAt } from "../../src/library/catalogue.ts";
import { ChapterMetadata } from "../../src/site/metadata/page-metadata.tsx";
import { en } from "../../src/ui/words/en.ts";
import { releaseOf } from "../newsletter/faults/shelf.ts";
import { bookFolder, openWorld, type World } from "../world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld(bookFolder("errata"));
});
afterAll(() => world[Symbol.asyncDispose]());

const origin = "https://library.example";

async function headOf(path: string) {
  const { body } = await world.get(path);
  const head = body.slice(0, body.indexOf("</head>"));
  const tags = [...head.matchAll(/<meta (?:name|property)="([^"]+)" content="([^"]*)"/g)].map(
    ([, name = "", content = ""]) => [name, content] as const,
  );
  const data = [...head.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, json = ""]) =>
    JSON.parse(json),
  );
  return { tags, data };
}

const named = (tags: readonly (readonly [string, string])[], prefix: string) =>
  Object.fromEntries(tags.filter(([name]) => name.startsWith(prefix)));

describe("a chapter", () => {
  test("is a section of a book to Zotero: title, book, author, date, publisher, language", async () => {
    const { tags } = await headOf("/pouring/spread");
    expect(named(tags, "citation_")).toEqual({
      citation_title: "How Unequal the Cups Are",
      citation_inbook_title: expect.stringMatching(/^Pouring/),
      citation_author: expect.stringMatching(/./),
      citation_publication_date: "2026/01/12",
      citation_publisher: expect.stringMatching(/./),
      citation_language: "en",
    });
  });

  test("is a chapter of its book to search engines, with its dates and its path through the library", async () => {
    const { data } = await headOf("/pouring/spread");
    expect(data).toHaveLength(1);
    const [chapter, breadcrumb] = data[0]["@graph"];
    expect(chapter).toMatchObject({
      "@type": "Chapter",
      "@id": `${origin}/pouring/spread`,
      name: "How Unequal the Cups Are",
      isPartOf: { "@type": "Book", "@id": `${origin}/pouring/` },
      datePublished: "2026-01-12T08:30:00.000Z",
      dateModified: "2026-02-03T17:00:00.000Z",
      inLanguage: "en",
      timeRequired: expect.stringMatching(/^PT\d+M$/),
    });
    expect(breadcrumb.itemListElement.map(({ position }: { position: number }) => position)).toEqual([1, 2]);
    expect(breadcrumb.itemListElement[0].item).toBe(`${origin}/pouring/`);
  });

  test("has a title of its own where links are shared", async () => {
    const { tags } = await headOf("/pouring/spread");
    expect(named(tags, "og:")).toMatchObject({ "og:title": "How Unequal the Cups Are", "og:type": "article" });
  });
});

test("a book names its chapters, except those that are not public, and nothing takes it for one of them", async () => {
  const { tags, data } = await headOf("/pouring/");
  expect(data[0]).toMatchObject({ "@type": "Book", "@id": `${origin}/pouring/` });
  const chapters = data[0].hasPart.map((part: { readonly "@id": string }) => part["@id"].replace(origin, ""));
  expect(chapters).toContain("/pouring/spread");
  expect(chapters).not.toContain("/pouring/strainers");
  expect(chapters).not.toContain("/pouring/");
  expect(named(tags, "citation_")).toEqual({});
  expect(named(tags, "og:")).toMatchObject({ "og:type": "book" });
});

test("the home page is the site; pages that are not indexed say nothing", async () => {
  expect((await headOf("/")).data[0]).toMatchObject({ "@type": "WebSite", "@id": `${origin}/` });
  expect((await headOf("/nothing")).data).toEqual([]);
});

test("a title that ends a script stays within its data", async () => {
  const title = "</script><script>alert(1)</script>";
  const manifest = releaseOf([{ book: "notes", id: "one", published: "2026-01-02T00:00:00.000Z" }]);
  const books = manifest.books.map((book) => ({
    ...book,
    contents: book.contents.map((each) => ({ ...each, title })),
  }));
  const catalogue = catalogueAt(Date.parse("2026-02-01T00:00:00Z"), { ...manifest, books });
  const entry = catalogue.byPath.get("/notes/one") as CatalogueEntry;
  const head = await ChapterMetadata({ page: { catalogue, origin, words: en }, entry }).toString();
  expect(head.match(/<script/g)).toHaveLength(1);
  const [, json = ""] = /<script type="application\/ld\+json">([^<]*)<\/script>$/.exec(head) ?? [];
  expect(JSON.parse(json)["@graph"][0].name).toBe(title);
});

test("the licence of a book is on its pages, in feeds and in the description for search engines", async () => {
  const licence = "https://creativecommons.org/licenses/by/4.0/";
  const { body } = await world.get("/pouring/spread");
  expect(body).toContain(`<a href="${licence}" rel="license">CC BY 4.0</a>`);
  const { data } = await headOf("/pouring/spread");
  expect(data[0]["@graph"][0].license).toBe(licence);
  expect((await headOf("/pouring/")).data[0].license).toBe(licence);
  expect((await world.get("/pouring/feed.xml")).body).toContain(`<link rel="license" href="${licence}"/>`);
  // The library has none, so other pages name none.
  expect((await world.get("/about")).body).not.toContain('rel="license"');
});
