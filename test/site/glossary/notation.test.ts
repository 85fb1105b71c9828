/** Checks the notation of a library and of a book: order, meanings, filter, and that nothing appears before its time. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalogueAt } from "../../../src/library/catalogue.ts";
import { renderSitemap } from "../../../src/site/sitemap.ts";
import { bookFolder, openWorld, present, type World } from "../../world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld(bookFolder("bread"));
});
afterAll(() => world[Symbol.asyncDispose]());

interface Row {
  readonly tex: string;
  readonly meaning: string;
  readonly places: readonly string[];
}

const rowsOf = (html: string): Row[] =>
  [...html.matchAll(/<div>(<dt>.*?)<\/div>/gs)].map(([, row = ""]) => ({
    tex: /<annotation[^>]*>([^<]*)/.exec(row)?.[1] ?? "",
    meaning: (/<dd>(.*?)(?: <span class="shape"|<\/dd>)/s.exec(row)?.[1] ?? "").replace(/<.*>/gs, "…").trim(),
    places: [...row.matchAll(/<a href="([^"]*)"/g)].map(([, href = ""]) => href),
  }));

const headingsOf = (html: string): string[] =>
  [...html.matchAll(/<h[23][^>]*>(.*?)<\/h[23]>/gs)].map(([, text = ""]) => text.replace(/<[^>]*>/g, "").trim());

const rowsAt = async (path: string, now = present): Promise<Row[]> => rowsOf((await world.get(path, { now })).body);

test("all symbols, by book and alphabet, in the order of a printed list, with links to where they are declared", async () => {
  const { status, body } = await world.get("/notation");
  expect(status).toBe(200);
  expect(headingsOf(body)).toEqual([
    "Bread: Flour, Water, Patience",
    "Latin letters",
    "Greek letters",
    "Calligraphic and double-struck letters",
    "Operators and other signs",
    "Beer: Bread That Is Drunk",
    "Greek letters",
  ]);
  expect(rowsOf(body)).toEqual([
    { tex: "h", meaning: "the hydration, water per flour …", places: ["/bread/dough#notation"] },
    { tex: "h", meaning: "the height of the dough", places: ["/bread/rising#notation"] },
    { tex: "\\hat h", meaning: "the hydration that a recipe asks for", places: ["/bread/dough#notation"] },
    { tex: "m", meaning: "the mass of the flour", places: ["/bread/#notation", "/bread/dough#notation"] },
    { tex: "N", meaning: "the number of yeast cells", places: ["/bread/rising#notation"] },
    { tex: "\\mu", meaning: "the rate at which yeast grows", places: ["/bread/rising#notation"] },
    { tex: "\\mathcal B", meaning: "the set of bubbles", places: ["/bread/rising#notation"] },
    { tex: "\\operatorname{vol}", meaning: "the volume of a bubble", places: ["/bread/rising#notation"] },
    { tex: "\\rho", meaning: "the density of the wort", places: ["/beer/wort#notation"] },
  ]);
});

test("one book has its own notation; an unknown book is ignored", async () => {
  expect((await rowsAt("/notation?book=beer")).map(({ tex }) => tex)).toEqual(["\\rho"]);
  expect(await rowsAt("/notation?book=cheese")).toEqual(await rowsAt("/notation"));
});

describe("the filter", () => {
  test.each([
    ["q=density", ["\\rho"]],
    ["q=rho", ["\\rho"]],
    ["q=%CF%81", ["\\rho"]],
    ["q=MASS+of", ["m"]],
    // One letter is a symbol, not a part of a word; a capital is only a capital.
    ["q=m", ["m"]],
    ["q=h", ["h", "h", "\\hat h"]],
    ["q=n", ["N"]],
    ["q=N", ["N"]],
    ["q=H", []],
    ["q=yeast&book=beer", []],
    ["q=yeast&book=bread", ["N", "\\mu"]],
    ["q=", ["h", "h", "\\hat h", "m", "N", "\\mu", "\\mathcal B", "\\operatorname{vol}", "\\rho"]],
    ["q=%22%3E%3Cscript%3E", []],
  ])("%s", async (query, found) => {
    const { body, headers } = await world.get(`/notation?${query}`);
    expect(rowsOf(body).map(({ tex }) => tex)).toEqual(found);
    expect(body.includes("Nothing matches.") && /role="status">Nothing/.test(body)).toBe(found.length === 0);
    expect(body).not.toContain('"><script>');
    expect(headers.get("Cache-Control")).toContain("max-age=0");
  });

  test("is not confused by cached pages: neither is served for the other", async () => {
    const whole = (await world.get("/notation")).body;
    const filtered = (await world.get("/notation?q=density")).body;
    expect(filtered).not.toBe(whole);
    expect((await world.get("/notation")).body).toBe(whole);
    expect((await world.get("/notation?q=density")).body).toBe(filtered);
    expect((await world.get("/notation?q=mass")).body).not.toBe(filtered);
  });
});

test("a page costs one KV read when it is cold, and none with a second filter", async () => {
  expect((await world.get("/notation", { cold: true })).operations).toMatchObject({ kvReads: 1, d1Queries: 0 });
  expect((await world.get("/notation?q=mass")).operations).toMatchObject({ kvReads: 0, d1Queries: 0 });
});

test("symbols of a scheduled chapter appear at its minute, those of a draft never", async () => {
  const before = await rowsAt("/notation", "2030-06-01T11:59:59.999Z");
  expect(before.map(({ tex }) => tex)).not.toContain("L");
  expect(before.find(({ tex }) => tex === "m")?.places).not.toContain("/bread/sourdough#notation");
  expect(await rowsAt("/notation?q=lactobacilli", "2030-06-01T11:59:59.999Z")).toEqual([]);
  const after = await rowsAt("/notation", "2030-06-01T12:00:00.000Z");
  expect(after).toContainEqual({
    tex: "L",
    meaning: "the number of lactobacilli",
    places: ["/bread/sourdough#notation"],
  });
  expect(after.find(({ tex }) => tex === "m")?.places).toContain("/bread/sourdough#notation");
  expect((await world.get("/notation", { now: "2040-01-01T00:00:00Z" })).body).not.toContain("secret of rye");
});

test("a book's page, a chapter's notation, the list of books and the sitemap lead there", async () => {
  expect((await world.get("/bread/")).body).toContain('<a href="/notation?book=bread">Notation</a>');
  expect((await world.get("/bread/rising")).body).toContain(
    '<a href="/notation?book=bread">All symbols in this book</a>',
  );
  expect((await world.get("/books")).body).toContain('<a href="/notation">Notation</a>');
  expect(renderSitemap(catalogueAt(Date.parse(present), world.manifest), "https://x.example")).toContain(
    "<loc>https://x.example/notation</loc>",
  );
});

test("other spellings lead to it; the canonical URL has no filter", async () => {
  const { status, headers } = await world.get("/Notation/");
  expect([status, headers.get("Location")]).toEqual([301, "/notation"]);
  expect((await world.get("/notation?q=mass")).body).toMatch(/rel="canonical" href="[^"?]*\/notation"/);
});

test("a library without symbols says so, and no page links to its notation", async () => {
  await using empty = await openWorld(bookFolder("compounds"));
  const { status, body } = await empty.get("/notation");
  expect([status, body.includes("No chapter declares a symbol yet.")]).toEqual([200, true]);
  expect(body).not.toContain('<form class="glossary');
  expect((await empty.get("/books")).body).not.toContain('href="/notation"');
});
