/** Checks the index of a library and of a book: entries, links, filter, and that nothing appears before its time. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalogueAt } from "../../../src/library/catalogue.ts";
import { renderSitemap } from "../../../src/site/sitemap.ts";
import { openOwnWorld } from "../../own-library.ts";
import { bookFolder, openWorld, present, type World } from "../../world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld(bookFolder("bread"));
});
afterAll(() => world[Symbol.asyncDispose]());

const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, "")
    .replace(/\s+/g, " ")
    .trim();

/** Heading -> entries as a reader sees them; bold places between stars. */
const indexAt = async (path: string, now = present): Promise<Record<string, string[]>> => {
  const { body } = await world.get(path, { now });
  return Object.fromEntries(
    [...body.matchAll(/<section class="letter[^>]*>(.*?)<\/section>/gs)].map(([, section = ""]) => [
      textOf(/<h2[^>]*>(.*?)<\/h2>/s.exec(section)?.[1] ?? ""),
      section
        .split("<li id=")
        .slice(1)
        .map((row) => textOf(`<li id=${row.replace(/<a [^>]*class="main-place"[^>]*>(.*?)<\/a>/gs, "*$1*")}`)),
    ]),
  );
};

const linksIn = (html: string): string[] => {
  const list = html.slice(html.indexOf('class="glossary-list"'), html.indexOf("</main>"));
  return [...list.matchAll(/<a href="(\/[^"]*)"/g)].map(([, href = ""]) => href);
};

const whole = {
  "0–9": ["7 % Wort"],
  B: ["baker’s formula see percentage, of the baker"],
  E: ["éclair &lt;b&gt; A Dough by Numbers"],
  H: ["hydration *A Dough by Numbers* 2 3"],
  P: ["percentage", "of the baker A Dough by Numbers"],
  W: ["Wort Wort"],
  Y: ["Yeast *Rising*, Bread"],
  Models: ["Chorleywood *A Dough by Numbers*, Rising, Wort"],
  Datasets: ["Loaves-1K Rising"],
};

test("terms by letter, sub-entries, main places first, and names that other chapters only mention", async () => {
  expect(await indexAt("/index")).toEqual(whole);
  const { body } = await world.get("/index");
  // Not where it is code, but in the section that names it.
  expect(linksIn(body)).toContain("/bread/rising#fast-and-slow");
  expect(linksIn(body)).toContain("/bread/dough#term.hydration-1");
  expect(body).toContain('aria-label="A Dough by Numbers, place 3"');
  expect(body).toContain('<a href="#entry.percentage-of-the-baker">percentage, of the baker</a>');
});

test("one book has its own index; a name that another book marks is in it", async () => {
  expect(await indexAt("/index?book=beer")).toEqual({
    "0–9": ["7 % Wort"],
    W: ["Wort Wort"],
    Models: ["Chorleywood Wort"],
  });
  expect(await indexAt("/index?book=cheese")).toEqual(whole);
});

describe("the filter", () => {
  test.each([
    ["q=hydra", { H: whole.H }],
    ["q=ECLAIR", { E: whole.E }],
    ["q=baker", { B: whole.B, P: whole.P }],
    ["q=chorley&book=beer", { Models: ["Chorleywood Wort"] }],
    ["q=y", { Y: whole.Y }],
    ["q=%22%3E%3Cscript%3E", {}],
  ])("%s", async (query, found) => {
    const { body } = await world.get(`/index?${query}`);
    expect(await indexAt(`/index?${query}`)).toEqual(found);
    expect(/role="status">Nothing/.test(body)).toBe(Object.keys(found).length === 0);
    expect(body).not.toContain('"><script>');
  });
});

test("a scheduled chapter's terms appear at its minute, a draft's never; a name is no entry before a public text marks it", async () => {
  expect(await indexAt("/index", "2030-06-01T11:59:59.999Z")).toEqual(whole);
  const after = await indexAt("/index", "2030-06-01T12:00:00.000Z");
  expect(after).toMatchObject({
    L: ["Lactobacilli Sourdough"],
    Y: ["Yeast *Rising*, Bread, Sourdough"],
    Models: ["Chorleywood *A Dough by Numbers*, Rising, Sourdough, Wort", "Sauermodell *Sourdough*, Wort"],
  });
  const { body } = await world.get("/index", { now: "2040-01-01T00:00:00Z" });
  expect(body).not.toMatch(/pentosans|Roggenmodell/);
});

test("every link leads to an element that is there exactly once", async () => {
  await checkLinks(world, "2031-01-01T00:00:00Z");
});

test("so it is in the library's own books", async () => {
  await using own = await openOwnWorld();
  // When all of its texts are public.
  if (own.manifest.index !== undefined) await checkLinks(own, "2040-01-01T00:00:00Z");
}, 300_000);

async function checkLinks(library: World, now: string): Promise<void> {
  const { body } = await library.get("/index", { now });
  const links = linksIn(body);
  expect(links).not.toEqual([]);
  const pages = new Map<string, string>();
  for (const link of links) {
    const [path = "", id] = link.split("#");
    const page = pages.get(path) ?? (await library.get(path, { now })).body;
    pages.set(path, page);
    if (id !== undefined) expect([link, page.split(`id="${decodeURIComponent(id)}"`).length]).toEqual([link, 2]);
    else expect(page).toContain("<h1>");
  }
  // The other way round: no mark is missing from the index.
  for (const [path, page] of pages)
    for (const [, id = ""] of page.matchAll(/ id="(term\.[^"]*)"/g)) expect(links).toContain(`${path}#${id}`);
}

test("a page costs one KV read when it is cold, and none with a filter", async () => {
  expect((await world.get("/index", { cold: true })).operations).toMatchObject({ kvReads: 1, d1Queries: 0 });
  expect((await world.get("/index?q=wort")).operations).toMatchObject({ kvReads: 0, d1Queries: 0 });
});

test("home, books, the list of books, the notation and the sitemap lead there", async () => {
  expect((await world.get("/")).body).toContain('<a href="/index">Index</a>');
  expect((await world.get("/bread/")).body).toContain('<a href="/index?book=bread">Index</a>');
  expect((await world.get("/books")).body).toContain('<a href="/index">Index</a>');
  expect((await world.get("/notation?book=beer")).body).toContain('<a href="/index?book=beer">');
  expect((await world.get("/index")).body).toContain('<a href="/notation">');
  expect(renderSitemap(catalogueAt(Date.parse(present), world.manifest), "https://x.example")).toContain(
    "<loc>https://x.example/index</loc>",
  );
  const { status, headers } = await world.get("/Index/");
  expect([status, headers.get("Location")]).toEqual([301, "/index"]);
});

test("only this page and the notation load the script that filters", async () => {
  const script = `/assets/${world.manifest.assets.pageScripts.filter}`;
  for (const path of ["/index", "/notation"]) expect((await world.get(path)).body).toContain(script);
  for (const path of ["/", "/books", "/bread/", "/bread/dough"])
    expect((await world.get(path)).body).not.toContain(script);
});

test("a library without marks says how to add one, and no page links to its index", async () => {
  await using empty = await openWorld(bookFolder("compounds"));
  const { status, body } = await empty.get("/index");
  expect([status, textOf(body).includes("This library has no index yet.")]).toEqual([200, true]);
  expect(body).toContain("<code>[attention]{.index}</code>");
  expect(body).not.toContain('<form class="glossary');
  for (const path of ["/", "/books"]) expect((await empty.get(path)).body).not.toContain('href="/index"');
});
