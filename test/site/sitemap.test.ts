/** Checks that a sitemap over its limit becomes an index, whose parts together list every page once. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Catalogue, catalogueAt } from "../../src/library/catalogue.ts";
import { href } from "../../src/routes.ts";
import { isAddress } from "../../src/site/addresses.ts";
import { maxUrls, partAt, renderSitemap, renderSitemapPart } from "../../src/site/sitemap.ts";
import { openWorld, present, type World } from "../world.ts";

const origin = "https://library.example";
const limit = 2;

let world: World;
let catalogue: Catalogue;
beforeAll(async () => {
  world = await openWorld();
  catalogue = catalogueAt(Date.parse(present), world.manifest);
});
afterAll(() => world[Symbol.asyncDispose]());

const locations = (xml: string): string[] => [...xml.matchAll(/<loc>([^<]+)/g)].map(([, url = ""]) => url);

test("over the limit, the parts of the index list every page of the whole, in its order, each within the limit", () => {
  const whole = locations(renderSitemap(catalogue, origin));
  const index = renderSitemap(catalogue, origin, limit);
  expect(index).toContain('<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">');
  const paths = locations(index).map((url) => new URL(url).pathname);
  expect(paths.length).toBe(Math.ceil(whole.length / limit));
  expect(paths.length).toBeGreaterThan(2);
  const parts = paths.map((path) => {
    const part = partAt(catalogue, path, limit);
    if (part === undefined) throw new Error(`${path} is not a part`);
    return locations(renderSitemapPart(catalogue, origin, part, limit));
  });
  expect(parts.every(({ length }) => length >= 1 && length <= limit)).toBe(true);
  expect(parts.flat()).toEqual(whole);
  expect(whole).toContain(`${origin}${href.books()}`);
});

test("there is no part before the first or after the last, under another spelling, or of a sitemap that is whole", async () => {
  const last = Math.ceil(locations(renderSitemap(catalogue, origin)).length / limit);
  const paths = ["/sitemap-0.xml", `/sitemap-${last + 1}.xml`, "/sitemap-01.xml", "/sitemap-1.xml/", "/sitemap-x.xml"];
  for (const path of paths) expect([path, partAt(catalogue, path, limit)]).toEqual([path, undefined]);
  expect(partAt(catalogue, "/sitemap-1.xml")).toBeUndefined();
  expect((await world.get("/sitemap-1.xml")).status).toBe(404);
});

test("with 50,001 pages, the parts are addresses", () => {
  const [entry] = catalogue.byPath.values();
  if (!entry) throw new Error("The library is empty.");
  const byPath = new Map(Array.from({ length: maxUrls }, (_, index) => [`/tea/${index}`, entry]));
  const large = { ...catalogue, byPath };
  expect(locations(renderSitemap(large, origin))).toEqual([`${origin}/sitemap-1.xml`, `${origin}/sitemap-2.xml`]);
  expect(["/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml"].map((path) => isAddress(large, path))).toEqual([
    true,
    true,
    false,
  ]);
});
