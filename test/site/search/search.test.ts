/** Checks the search page and its JSON in a small library: what is found, what is hidden, and what a search costs. */
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SearchResponse } from "../../../src/ui/search-response.ts";
import { bookFolder, type GetOptions, openWorld, type World } from "../../world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld(bookFolder("bread"));
});
afterAll(() => world[Symbol.asyncDispose]());

const pathOf = (query: Record<string, string>, path = "/search") => `${path}?${new URLSearchParams(query)}`;
const page = (query: Record<string, string>, options?: GetOptions) => world.get(pathOf(query), options);
const json = async (query: Record<string, string>, options?: GetOptions, at = world) => {
  const { status, body } = await at.get(pathOf(query, "/search.json"), options);
  return { status, ...(JSON.parse(body) as SearchResponse) };
};
const urlsOf = ({ results }: SearchResponse) => results.flatMap(({ places }) => places.map(({ url }) => url));
const find = async (q: string, options?: GetOptions, at = world) => urlsOf(await json({ q }, options, at));

describe("the page", () => {
  test("has results with their kind, book and chapter number, words that are marked, and links to the places", async () => {
    const { status, body } = await page({ q: "hydration" });
    expect(status).toBe(200);
    expect(body).toContain('<meta name="robots" content="noindex"/>');
    expect(body).toContain('<link rel="canonical" href="https://library.example/search"/>');
    expect(body).toContain("<title>Search: hydration");
    expect(body).toMatch(/<ol class="search-results"><li><p class="result-book" dir="auto">Bread · \d<\/p><h2/);
    expect(body).toContain("<mark>hydration</mark>");
    expect(body).toMatch(/role="status">\d results?</);
  });

  test("shows a formula as maths", async () => {
    const { body } = await page({ q: "e^{\\mu t}" });
    expect(body).toMatch(/<div class="result-formula"><a href="[^"]+"><math /);
  });

  test("without a query, offers examples, all of which find something", async () => {
    const { body, status } = await world.get("/search");
    expect(status).toBe(200);
    const [, list = ""] = /<ul class="search-examples">(.*?)<\/ul>/s.exec(body) ?? [];
    const links = [...list.matchAll(/href="([^"]+)"/g)].map(([, link = ""]) => link.replaceAll("&amp;", "&"));
    expect(links.length).toBe(3);
    expect(list).toContain("<math ");
    for (const link of links) expect((await world.get(link)).body).toContain('<ol class="search-results">');
  });

  test("corrects a misspelt word and offers to search for it as it was written", async () => {
    const { body } = await page({ q: "hydratoin" });
    expect(body).toContain('Results for <strong dir="auto">hydration</strong>');
    expect(body).toContain('href="/search?q=hydratoin&amp;exact=1"');
    const exact = await page({ q: "hydratoin", exact: "1" });
    expect(exact.body).toContain("Nothing found for “hydratoin”.");
    expect(exact.body).not.toContain("<ol class=");
  });

  test("that finds nothing says so, and gives a hint", async () => {
    const { body, status } = await page({ q: "zzyzx" });
    expect(status).toBe(200);
    expect(body).toContain("Nothing found for “zzyzx”.");
    expect(body).toContain("Try fewer or more general words.");
  });

  test.each(["", " ", "C++", '"', "-x", "x".repeat(500), "<script>alert(1)</script>", "شاي أخضر", "%", "💥\u0000"])(
    "for %s is 200 and escaped",
    async (q) => {
      const { status, body } = await page({ q });
      expect(status).toBe(200);
      expect(body).not.toContain("<script>alert");
      const [, value = ""] = /name="q" value="([^"]*)"/.exec(body) ?? [];
      expect(value.length).toBeLessThanOrEqual(230);
      expect((await json({ q })).status).toBe(200);
    },
  );

  test("can be limited to a book; an unknown book is ignored", async () => {
    const everywhere = await find("density");
    expect(everywhere.some((url) => url.startsWith("/beer/"))).toBe(true);
    const inBread = urlsOf(await json({ q: "flour", book: "bread" }));
    expect(inBread.length).toBeGreaterThan(0);
    expect(inBread.every((url) => url.startsWith("/bread/"))).toBe(true);
    expect(urlsOf(await json({ q: "density", book: "cheese" }))).toEqual(everywhere);
    const nowhere = (await page({ q: "lactobacilli", book: "beer" })).body;
    expect(nowhere).toContain('<a href="/search?q=lactobacilli">Search all books</a>');
  });

  test("is not confused by cached pages: neither is served for the other", async () => {
    const empty = (await world.get("/search")).body;
    const some = (await page({ q: "flour" })).body;
    expect(some).not.toBe(empty);
    expect((await world.get("/search")).body).toBe(empty);
    expect((await page({ q: "yeast" })).body).not.toBe(some);
    expect((await page({ q: "flour" })).body).toBe(some);
    expect(await json({ q: "flour" })).not.toEqual(await json({ q: "yeast" }));
  });
});

test("every link in the results leads to an id of its page", async () => {
  const urls = new Set<string>();
  for (const q of ["flour", "hydration", "yeast", "water", "e^{\\mu t}", "density", "N", "bread"])
    for (const url of await find(q)) urls.add(url);
  expect(urls.size).toBeGreaterThan(6);
  for (const url of urls) {
    const [path = "", id] = url.split("#");
    const { status, body } = await world.get(path);
    expect([url, status]).toEqual([url, 200]);
    if (id !== undefined) expect([url, body.includes(` id="${id}"`)]).toEqual([url, true]);
  }
});

test("the JSON has the same results as the page", async () => {
  const { body } = await page({ q: "hydration" });
  const [, list = ""] = /<ol class="search-results">(.*)<\/ol>/s.exec(body) ?? [];
  expect([...list.matchAll(/<a [^>]*href="([^"]+)"|<a href="([^"]+)"/g)].map(([, a, b]) => a ?? b)).toEqual(
    await find("hydration"),
  );
});

test("browsers learn how to search the library", async () => {
  const { body, headers } = await world.get("/opensearch.xml");
  expect(headers.get("Content-Type")).toContain("opensearchdescription");
  expect(body).toContain('template="https://library.example/search?q={searchTerms}"');
  expect((await world.get("/search")).body).toContain(
    '<link rel="search" type="application/opensearchdescription+xml" title="',
  );
});

describe("what is not public", () => {
  const due = "2030-06-01T12:00:00.000Z";
  const before = "2030-06-01T11:59:59.999Z";

  test("a scheduled chapter is found from its minute on, and not before, not even by a misspelt word", async () => {
    for (const q of ["lactobacilli", "lactobacili", "sourdough"]) {
      expect(await find(q, { now: before })).not.toContainEqual(expect.stringContaining("/bread/sourdough"));
      expect((await page({ q }, { now: before })).body).not.toContain("/bread/sourdough");
    }
    expect((await json({ q: "lactobacili" }, { now: before })).corrected).toBeUndefined();
    expect(await find("lactobacilli", { now: due })).toContainEqual(expect.stringContaining("/bread/sourdough"));
    expect((await json({ q: "lactobacili" }, { now: due })).corrected).toBe("lactobacilli");
  });

  test("a draft is never found, quoted or suggested", async () => {
    for (const q of ["secret of rye", "rye", "secrte"]) {
      const answer = await json({ q }, { now: "2040-01-01T00:00:00Z" });
      expect(JSON.stringify(answer.results)).not.toMatch(/secret of rye|\/bread\/rye/i);
      expect(answer.corrected).not.toBe("secret");
    }
  });
});

describe("a release", () => {
  let home: string;
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test("brings its own index: after a rollback, old words are found and new ones are not; a renamed chapter is found at its new URL", async () => {
    home = mkdtempSync(join(tmpdir(), "search-"));
    cpSync(bookFolder("bread"), home, { recursive: true });
    const file = (name: string) => join(home, "content/bread", name);
    const text = readFileSync(file("rising.md"), "utf8");
    writeFileSync(
      file("rising.md"),
      text.replace(
        /\n---\n/,
        () => "\nredirect_from: [rising]\n---\nThe zymurgist waits.\n\n$$\nN_2 = N_1 \\sqrt{\\mu}\n$$\n\n",
      ),
    );
    renameSync(file("rising.md"), file("proving.md"));
    const book = readFileSync(file("book.md"), "utf8");
    writeFileSync(file("book.md"), book.replace("- rising", "- proving"));
    await using changed = await openWorld(home);
    expect(await find("zymurgist", {}, changed)).toEqual(["/bread/proving"]);
    const [equation = ""] = await find("sqrt(mu)", {}, changed);
    expect(equation).toMatch(/^\/bread\/proving#eq[-.]/);
    expect((await changed.get("/bread/proving")).body).toContain(` id="${equation.split("#")[1]}"`);
    const moved = await find("yeast cells", {}, changed);
    expect(moved.some((url) => url.startsWith("/bread/proving"))).toBe(true);
    expect(moved.some((url) => url.startsWith("/bread/rising"))).toBe(false);
    expect(await find("zymurgist")).toEqual([]);
    expect((await find("yeast cells")).some((url) => url.startsWith("/bread/rising"))).toBe(true);
  });
});

describe("a search costs", () => {
  test("at most 30 reads when cold, none when it is repeated, no D1, and nothing of KV", async () => {
    for (const q of ["flour water yeast salt hydration density bubbles wort", "e^{\\mu t}"]) {
      const cold = await page({ q }, { cold: true });
      expect(cold.operations.assetReads).toBeGreaterThan(2);
      expect(cold.operations.assetReads).toBeLessThanOrEqual(30);
      expect(cold.operations).toMatchObject({ kvReads: 0, kvWrites: 0, d1Queries: 0 });
      expect((await page({ q })).operations).toEqual({ kvReads: 0, kvWrites: 0, assetReads: 0, d1Queries: 0 });
      expect((await json({ q })).status).toBe(200);
    }
  });

  test.each(["down", "garbled"] as const)(
    "one sentence if the files are %s, and the next search works",
    async (assets) => {
      const { status, body, headers } = await page({ q: "flour" }, { cold: true, faults: { assets } });
      expect([status, headers.get("Retry-After"), headers.get("Cache-Control")]).toEqual([503, "30", "no-store"]);
      expect(body).toContain("The search is temporarily unavailable. Please try again in a moment.");
      expect(body).toContain('name="q" value="flour"');
      const answer = await json({ q: "flour" }, { cold: true, faults: { assets } });
      expect([answer.status, answer.message]).toEqual([
        503,
        "The search is temporarily unavailable. Please try again in a moment.",
      ]);
      expect((await world.get("/search", { cold: true, faults: { assets } })).status).toBe(200);
      expect((await page({ q: "flour" })).status).toBe(200);
    },
  );
});
