/** Checks how a chapter's declared changes are shown: on its page, in feeds, in the sitemap, as Markdown, at the desk. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDesk, wordsOf } from "../desk/author.ts";
import { withTex } from "../publish/one-text.ts";
import { bookFolder, openWorld, type World } from "../world.ts";

const path = "/pouring/spread";

let world: World;
/** The same library before anything was declared. */
let before: World;
let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "unchanged-"));
  cpSync(bookFolder("errata"), home, { recursive: true });
  const chapter = join(home, "content/pouring/spread.md");
  writeFileSync(chapter, readFileSync(chapter, "utf8").replace(/^changes:\n[\s\S]*?(?=^symbols:)/m, ""));
  world = await openWorld(bookFolder("errata"));
  before = await openWorld(home);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await before[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true });
});

const sectionOf = (page: string): string =>
  `${withTex(/<section aria-labelledby="changes">[\s\S]*?<\/section>/.exec(page)?.[0] ?? "")
    .replace(/⟨[^⟩]*⟩/g, (tex) => tex.replaceAll("<", "&lt;"))
    .replaceAll("<li>", "\n<li>")}\n`;
const bylineOf = (page: string): string => /<p class="byline">[\s\S]*?<\/p>/.exec(page)?.[0] ?? "";

describe("on its page", () => {
  test("they are listed at the end, newest first, and links to drafts are withheld", async () => {
    const { body } = await world.get(path);
    await expect(sectionOf(body)).toMatchFileSnapshot(join(import.meta.dirname, "expected/changes.html"));
    expect(body.indexOf('id="changes"')).toBeGreaterThan(body.indexOf('id="notation"'));
    expect(body).toContain('<li><a href="#changes">Changes</a></li>');
  });

  test("a line near the authors says that it was corrected, once, and leads to the list", async () => {
    const byline = bylineOf((await world.get(path)).body);
    expect(byline).toContain(
      '<a class="day" dir="auto" href="#changes">Corrected <time datetime="2026-02-03">3 February 2026</time></a>',
    );
    expect(byline).not.toContain("Updated");
  });

  test("without changes there is neither", async () => {
    const { body } = await before.get(path);
    expect(body).not.toContain("changes");
    expect(bylineOf(body)).not.toMatch(/Corrected|Updated/);
  });
});

describe("elsewhere", () => {
  /** The entry of the chapter. */
  const entryOf = async (from: World, feed: string) =>
    /<entry>(?:(?!<entry>)[\s\S])*\/pouring\/spread"\/>[\s\S]*?<\/entry>/.exec((await from.get(feed)).body)?.[0] ?? "";
  const field = (entry: string, name: string) => new RegExp(`<${name}>([^<]*)<`).exec(entry)?.[1];

  test.each(["/feed.xml", "/pouring/feed.xml"])("in %s its entry is updated, not new", async (feed) => {
    const [changed, unchanged] = [await entryOf(world, feed), await entryOf(before, feed)];
    expect(field(changed, "id")).toBe(field(unchanged, "id"));
    expect(field(changed, "id")).toBeTruthy();
    expect(field(changed, "published")).toBe("2026-01-12T08:30:00.000Z");
    expect(field(unchanged, "updated")).toBe("2026-01-12T08:30:00.000Z");
    expect(field(changed, "updated")).toBe("2026-02-03T17:00:00.000Z");
    expect(changed).toContain("Corrected on 3 February 2026:");
    expect(changed).not.toContain("/pouring/strainers");
  });

  test("the sitemap has the day of the newest change", async () => {
    expect((await world.get("/sitemap.xml")).body).toContain("/pouring/spread</loc><lastmod>2026-02-03</lastmod>");
  });

  test("its Markdown ends with them", async () => {
    const { body } = await world.get(`${path}.md`);
    expect(body).toContain("12 January 2026 · Updated 3 February 2026");
    expect(body.slice(body.indexOf("## Changes"))).toBe(
      [
        "## Changes",
        "",
        "- **Corrected on 3 February 2026:** Equation \\eqref{spread} was printed without its *square root*: it gave the variance $s^2 < 1$, not the spread. Thanks to [a reader](https://example.org/reader?a=1&b=2).",
        "- **Changed on 20 January 2026:** A sentence on [refills](https://library.example/pouring/refills) was added, and strainers will follow.",
        "- **Corrected on 14 January 2026:** The second cup holds 1.9 dl, not 1.6 dl.",
        "",
      ].join("\n"),
    );
  });

  test("the desk lists them with the chapter's statistics", async () => {
    await using desk = await openDesk({}, bookFolder("errata"));
    expect(wordsOf((await desk.see("/desk/reading/pouring/spread")).body)).toContain(
      "Changes (3, including 2 corrections) Corrected on 3 February 2026 : Equation (1) was printed without its square root: it gave the variance s² &lt; 1, not the spread. Thanks to a reader. Changed on 20 January 2026 : A sentence on refills",
    );
    expect(wordsOf((await desk.see("/desk/reading/pouring/refills")).body)).not.toContain("Changes");
  });
});
