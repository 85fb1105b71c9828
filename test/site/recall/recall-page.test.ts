/** Checks the page of all questions and the files for Anki: contents, order, and that nothing appears before its time. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalogueAt } from "../../../src/library/catalogue.ts";
import { isWritten, objectFiles } from "../../../src/library/manifest.ts";
import { renderSitemap } from "../../../src/site/sitemap.ts";
import { bookFolder, openWorld, present, type World } from "../../world.ts";

const ask = (...questions: readonly string[]): string =>
  `\n\n:::questions\n${questions.map((text, index) => `${index + 1}. ${text}\n`).join("\n")}:::\n`;

let home: string;
let world: World;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "recall-"));
  cpSync(bookFolder("bread"), home, { recursive: true });
  cpSync(join(bookFolder("tea"), "content/tea"), join(home, "content/tea"), { recursive: true });
  cpSync(join(bookFolder("tea"), "content/references.yaml"), join(home, "content/references.yaml"));
  const add = (file: string, text: string) => {
    const path = join(home, "content", file);
    writeFileSync(path, readFileSync(path, "utf8") + text);
  };
  add(
    "tea/book.md",
    ask('Who wrote "Tea"?\n\n   Nobody\tand "Ada";\n   see [cold brew](cold-brew).\n\n   - one\n   - two'),
  );
  add("tea/cold-brew.md", ask("How long does it sleep?\n\n   Eight hours.", "What happens at $T=T_r$?\n\n   Nothing."));
  add("tea/gongfu.md", ask("How many unheard infusions?\n\n   Many."));
  add("beer/wort.md", ask("Is it sweet?\n\n   Yes: $\\rho > 1$."));
  world = await openWorld(home);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true });
});

const textOf = (html: string): string =>
  html
    .replace(
      /<span class="katex">.*?<annotation[^>]*>(.*?)<\/annotation>.*?<span class="katex-html".*?<\/span><\/span>(?=[^<]|<\/p>)/gs,
      "$1",
    )
    .replace(/<[^>]*>/g, "")
    .replace(/\s+/g, " ")
    .trim();

/** Headings and questions, in order. */
const listed = async (path: string, now = present): Promise<string[]> => {
  const { body } = await world.get(path, { now });
  const list = body.slice(body.indexOf("recall-list"), body.indexOf("</main>"));
  return [...list.matchAll(/<(h[34]|li id)[^>]*>(.*?)<(?:\/h[34]|details)>/gs)].map(([, , html = ""]) =>
    textOf(html.replace(/<annotation.*/s, "…")),
  );
};

test("all questions by book and chapter, in reading order, each with its answer", async () => {
  expect(await listed("/recall")).toEqual([
    "Tea: Leaves, Water, Time",
    "Start here",
    "Who wrote “Tea”?",
    "Cooling: When to Drink",
    expect.stringMatching(/^What happens at /),
    "Beer: Bread That Is Drunk",
    "Wort",
    "Is it sweet?",
  ]);
  const { body } = await world.get("/recall");
  expect(body).toContain("<details><summary>Answer</summary><p>Nothing: the rate is zero.</p></details>");
  expect(body).toContain('<section class="questions" data-text="tea/cooling">');
  expect(body).toContain(`<link rel="stylesheet" href="/assets/${world.manifest.assets.mathsStyle}"/>`);
});

test("each question has the id that it has on the page of its text", async () => {
  const idsIn = (html: string) => [...html.matchAll(/<li id="(q\.[0-9a-f]{10})">/g)].map(([, id]) => id);
  const ofTexts = await Promise.all(
    ["/tea/", "/tea/cooling", "/beer/wort"].map(async (path) => idsIn((await world.get(path)).body)),
  );
  expect(idsIn((await world.get("/recall")).body)).toEqual(ofTexts.flat());
  expect((await world.get("/tea/cooling")).body).toContain(
    '<p class="questions-more"><a href="/recall">All questions</a></p>',
  );
});

test("one book has its own; an unknown book or a book without questions has none", async () => {
  const beer = await world.get("/recall?book=beer");
  expect(await listed("/recall?book=beer")).toEqual(["Beer: Bread That Is Drunk", "Wort", "Is it sweet?"]);
  expect(beer.body).toContain('<a href="/recall?book=beer" aria-current="page" dir="auto">');
  expect(beer.body).toContain('<a href="/recall?book=tea" dir="auto">');
  expect(await listed("/recall?book=cheese")).toEqual(await listed("/recall"));
  const bread = await world.get("/recall?book=bread");
  expect([await listed("/recall?book=bread"), textOf(bread.body).includes("No chapter has questions yet.")]).toEqual([
    [],
    true,
  ]);
});

describe("the file for Anki", () => {
  const rowsOf = (file: string): string[][] =>
    parse(file.replace(/^#.*\n/gm, ""), { delimiter: "\t" }) as unknown as string[][];

  test("has a head that Anki reads, and a row of five fields for each question", async () => {
    const { status, headers, body } = await world.get("/recall/tea.tsv");
    expect([status, headers.get("Content-Type")]).toEqual([200, "text/tab-separated-values; charset=utf-8"]);
    expect(headers.get("Content-Disposition")).toBe('attachment; filename="tea.tsv"');
    expect(body.split("\n").slice(0, 6)).toEqual([
      "#separator:tab",
      "#html:true",
      "#guid column:1",
      "#deck column:4",
      "#tags column:5",
      "#columns:Guid\tFront\tBack\tDeck\tTags",
    ]);
    const { body: page } = await world.get("/tea/cooling");
    const id = /<li id="q\.([0-9a-f]{10})">/.exec(page)?.[1];
    expect(rowsOf(body)).toEqual([
      [
        expect.stringMatching(/^[0-9a-f]{10}$/),
        "<p><small>Tea: Leaves, Water, Time</small></p>\n<p>Who wrote “Tea”?</p>",
        "<p>Nobody\tand “Ada”;\nsee cold brew.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n" +
          '<p><small><a href="https://library.example/tea/">Tea: Leaves, Water, Time</a></small></p>',
        "The Kitchen Library::Tea",
        "tea",
      ],
      [
        id,
        "<p><small>Cooling: When to Drink</small></p>\n<p>What happens at \\(T = T_r\\)?</p>",
        "<p>Nothing: the rate is zero.</p>\n" +
          '<p><small><a href="https://library.example/tea/cooling">Cooling: When to Drink</a></small></p>',
        "The Kitchen Library::Tea",
        "tea::cooling",
      ],
    ]);
  });

  test("TeX keeps its signs, as text of HTML", async () => {
    const [row] = rowsOf((await world.get("/recall/beer.tsv")).body);
    expect(row?.[2]).toContain("<p>Yes: \\(\\rho &gt; 1\\).</p>");
  });

  test.each(["/recall/bread.tsv", "/recall/cheese.tsv", "/recall/tea", "/recall/tea.csv"])(
    "%s is nothing",
    async (path) => {
      expect((await world.get(path)).status).toBe(404);
    },
  );
});

test("a page or file costs one KV read when it is cold, and none when it is warm", async () => {
  for (const path of ["/recall", "/recall/tea.tsv"]) {
    expect((await world.get(path, { cold: true })).operations).toMatchObject({ kvReads: 1, d1Queries: 0 });
    expect((await world.get(path)).operations).toMatchObject({ kvReads: 0, d1Queries: 0 });
  }
  const { operations } = await world.get("/recall?book=tea", { cold: true });
  expect(operations).toMatchObject({ kvReads: 1, d1Queries: 0 });
});

test("books, the list of books and the sitemap lead there, and so do other spellings", async () => {
  expect((await world.get("/tea/")).body).toContain('<a href="/recall?book=tea">Questions</a>');
  expect((await world.get("/bread/")).body).not.toContain("/recall?");
  expect((await world.get("/books")).body).toContain('<a href="/recall">Recall</a>');
  expect((await world.get("/recall?book=tea")).body).toContain('<a href="/recall/tea.tsv" download');
  expect(renderSitemap(catalogueAt(Date.parse(present), world.manifest), "https://x.example")).toContain(
    "<loc>https://x.example/recall</loc>",
  );
  for (const [path, to] of [
    ["/Recall/", "/recall"],
    ["/recall/Tea.TSV", "/recall/tea.tsv"],
  ] as const) {
    const { status, headers } = await world.get(path);
    expect([status, headers.get("Location")]).toEqual([301, to]);
  }
});

test("rollback, backup and sweep know its objects", () => {
  const files = objectFiles(world.manifest);
  const tea = world.manifest.books.find(({ slug }) => slug === "tea");
  for (const hash of [world.manifest.recall, tea?.recall, tea?.deck]) expect(files).toContain(`${hash}.json`);
  expect(tea?.contents.filter(isWritten).length).toBeGreaterThan(2);
});

test("a library without questions says so, and no page leads there", async () => {
  await using empty = await openWorld(bookFolder("compounds"));
  const { status, body } = await empty.get("/recall");
  expect([status, textOf(body).includes("No chapter has questions yet.")]).toEqual([200, true]);
  expect(body).not.toContain(`href="/assets/${empty.manifest.assets.mathsStyle}"`);
  expect((await empty.get("/books")).body).not.toContain('href="/recall"');
});

test("a scheduled chapter's questions appear at its minute, with links to it, a draft's never; what two chapters ask appears once", async () => {
  const paths = ["/recall", "/recall?book=tea", "/recall/tea.tsv"];
  for (const path of paths) {
    const { body } = await world.get(path);
    expect(body).not.toMatch(/sleep|Eight hours|unheard/);
    expect(body).not.toContain("/tea/cold-brew");
    expect(body).toContain("cold brew");
  }
  for (const path of paths) {
    const { body } = await world.get(path, { now: "2030-06-01T12:00:01Z" });
    expect(body).toContain("How long does it sleep?");
    expect(body).not.toMatch(/unheard/);
  }
  const { body } = await world.get("/recall", { now: "2030-06-01T12:00:01Z" });
  expect(body).toContain('href="/tea/cold-brew">cold brew</a>');
  expect(body.match(/<li id="q\.[0-9a-f]+"><p>What happens at/g)).toHaveLength(1);
});
