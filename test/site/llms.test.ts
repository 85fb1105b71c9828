/** Checks what language models read: the list of the library, and a book as one text. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isWritten } from "../../src/library/manifest.ts";
import { openWorld, type World } from "../world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const origin = "https://library.example";
const minuteBefore = { now: "2030-06-01T11:59:59.999Z" };
const itsMinute = { now: "2030-06-01T12:00:00.000Z" };

describe("/llms.txt", () => {
  test("has the form of llmstxt.org: a title, a summary, and links to Markdown that are all there", async () => {
    const { status, body, headers } = await world.get("/llms.txt");
    expect([status, headers.get("Content-Type")]).toEqual([200, "text/plain; charset=utf-8"]);
    expect(body).toMatch(/^# The Tea Shelf\n\n> Everything that a kettle can teach\.\n\n/);
    expect(body.match(/^## .*$/gm)).toEqual(["## Tea: Leaves, Water, Time", "## Optional"]);
    const links = [...body.matchAll(/^- \[[^\]]+\]\(([^)]+)\)/gm)].map(([, url = ""]) => url.replace(origin, ""));
    expect(links).toContain("/tea/cooling.md");
    expect(links).toContain("/tea/llms-full.txt");
    for (const path of links) expect([path, (await world.get(path)).status]).toEqual([path, 200]);
  });

  test("is linked from the home page, and a book's text from the book", async () => {
    expect((await world.get("/")).body).toContain('<link rel="alternate" type="text/markdown" href="/llms.txt"/>');
    expect((await world.get("/tea/")).body).toContain('type="text/plain" href="/tea/llms-full.txt"/>');
  });
});

describe("/tea/llms-full.txt", () => {
  test("has every public text of the book as its Markdown has it, in reading order, from one object", async () => {
    const { body, operations } = await world.get("/tea/llms-full.txt", { cold: true });
    expect(operations).toMatchObject({ kvReads: 1, d1Queries: 0 });
    const [book] = world.manifest.books;
    const chapters = book?.contents.filter(isWritten).filter(({ published = "9" }) => published < "2026-12") ?? [];
    let at = -1;
    for (const path of ["/tea/index.md", ...chapters.map(({ slug }) => `/tea/${slug}.md`)]) {
      const markdown = (await world.get(path)).body.trim();
      expect([path, body.split(markdown).length - 1]).toEqual([path, 1]);
      expect(body.indexOf(markdown)).toBeGreaterThan(at);
      at = body.indexOf(markdown);
    }
    expect(chapters.length).toBeGreaterThan(1);
  });

  test("is served without a further read when it is known, and with an entity tag", async () => {
    const { headers, operations } = await world.get("/tea/llms-full.txt");
    expect(operations).toEqual({ kvReads: 0, kvWrites: 0, assetReads: 0, d1Queries: 0 });
    expect(headers.get("ETag")).toBeTruthy();
  });
});

test("a scheduled chapter is there from its minute on, and a draft never", async () => {
  const paths = ["/llms.txt", "/tea/llms-full.txt"];
  for (const path of paths) {
    const { body } = await world.get(path, minuteBefore);
    for (const words of ["Cold Brew", "cold-brew", "Eight hours do what heat does"])
      expect([path, body.includes(words)]).toEqual([path, false]);
  }
  for (const path of paths) {
    const { body } = await world.get(path, itsMinute);
    expect([path, body.includes("Cold Brew"), body.includes("Gongfu")]).toEqual([path, true, false]);
  }
});

test("a path that is none is none", async () => {
  for (const path of ["/coffee/llms-full.txt", "/llms-full.txt", "/tea/cooling/llms-full.txt"])
    expect([path, (await world.get(path)).status]).toEqual([path, 404]);
});
