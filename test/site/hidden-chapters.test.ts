/**
 * Checks chapters with `hidden_until_published`: until they are public, no page, feed or Markdown version reveals that
 * they exist.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signPreview } from "../../src/http/preview-links.ts";
import { catalogueAt, contentsOf, withholdAddresses, withholdLinks } from "../../src/library/catalogue.ts";
import { isWritten } from "../../src/library/manifest.ts";
import { parseObject } from "../../src/library/objects.ts";
import { href } from "../../src/routes.ts";
import { en } from "../../src/ui/words/en.ts";
import { bookFolder, openWorld, present, type World } from "../world.ts";

const keys = [{ id: "k1", secret: "a".repeat(40) }];
const after = "2030-06-01T12:00:01Z";
/** Words of a scheduled chapter and a draft: their titles, excerpts and slugs appear nowhere else. */
const secrets = [/whisper/i, /velvet/i, /obsidian/i, /unheard/i];
const linked = "as the [kettle](whisper) says, and [a stone](obsidian#depth) too";

let home: string;
let world: World;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "hidden-"));
  cpSync(bookFolder("tea"), home, { recursive: true });
  const content = (name: string) => join(home, "content/tea", name);
  const chapter = (title: string, excerpt: string, more: string) =>
    `---\ntitle: "${title}"\nexcerpt: ${excerpt}\nhidden_until_published: true\n${more}---\n## Depth\n\nPour, as in [the leaves](leaves).\n`;
  writeFileSync(
    content("whisper.md"),
    chapter("Whisper: Velvet Water", "Unheard of.", "published: 2030-06-01T12:00:00Z\nredirect_from: [velvet]\n"),
  );
  writeFileSync(content("obsidian.md"), chapter("Obsidian", "Unheard of, too.", ""));
  const edit = (name: string, change: (text: string) => string) =>
    writeFileSync(content(name), change(readFileSync(content(name), "utf8")));
  edit("book.md", (text) => text.replace("  - leaves\n", "  - whisper\n  - leaves\n  - obsidian\n"));
  edit("leaves.md", (text) => text.replace("\n---\n", `\nneeds: [whisper, milk, obsidian]\n---\nIt is ${linked}.\n\n`));
  world = await openWorld(home, { settings: { TOKEN_KEYS: `k1:${keys[0]?.secret}` } });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true });
});

const pages = [
  href.home(),
  href.about(),
  href.book("tea"),
  href.chapter("tea", "leaves"),
  href.chapter("tea", "cooling"),
  href.markdown("tea", undefined),
  href.markdown("tea", "leaves"),
  href.feed(),
  href.feed("tea"),
  href.sitemap(),
  href.robots(),
];

describe("before", () => {
  test.each(pages)("%s does not mention them", async (path) => {
    const { status, body } = await world.get(path);
    expect(status).toBe(200);
    for (const secret of secrets) expect(body).not.toMatch(secret);
  });

  test.each(["/tea/whisper", "/tea/velvet", "/tea/whisper.md", "/tea/obsidian", "/tea/whispe", "/tea/obsidia"])(
    "%s is an address of nothing, like any other",
    async (path) => {
      const { status, body } = await world.get(path);
      expect(status).toBe(404);
      for (const secret of [/velvet/i, /unheard/i, /Whisper/, /Obsidian/]) expect(body).not.toMatch(secret);
      expect(body).not.toContain("Were you looking for");
    },
  );

  test("they are not counted, numbered or asked to be read first; others still to come are", async () => {
    const book = (await world.get("/tea/")).body;
    expect(book).toContain("5 chapters, 2 published so far");
    expect(book.match(/entry-state"[^>]*>planned</g)).toHaveLength(3);
    expect(book).toContain("Milk: First or Last");
    const leaves = (await world.get("/tea/leaves")).body;
    expect(leaves).toMatch(/<span class="kicker-number"[^>]*>Chapter 1</);
    expect(leaves.replace(/<[^>]*>/g, "")).toContain("Read first Milk (planned)");
    expect(leaves).toContain("as the kettle says, and a stone too");
    expect((await world.get("/tea/leaves.md")).body).toContain("as the kettle says, and a stone too");
  });

  test("a preview of one says nothing of the other", async () => {
    const catalogue = catalogueAt(Date.parse(present), world.manifest, true);
    const place = catalogue.byId.get("tea/obsidian");
    const link = place && (await signPreview(keys, place, 1, Date.parse(present)));
    const { status, body } = await world.get(href.preview(link?.token ?? ""));
    expect(status).toBe(200);
    expect(body).toContain("Obsidian");
    expect(body).not.toMatch(/whisper|velvet/i);
    const { body: mail } = await world.get(href.previewMail(link?.token ?? "", "light"));
    expect(mail).not.toMatch(/whisper|velvet/i);
  });

  test("the mail of a chapter that links to them has its words and no address", () => {
    const catalogue = catalogueAt(Date.parse(present), world.manifest);
    const leaves = world.manifest.books[0]?.contents.filter(isWritten).find(({ slug }) => slug === "leaves");
    const object = parseObject(readFileSync(join(world.release, "objects", `${leaves?.mail}.json`)));
    if (object.kind !== "mail") throw new Error("No mail");
    expect(object.html).toContain("/tea/whisper");
    const html = withholdLinks(catalogue, object.html, en.chapter.notPublishedYet);
    expect(html).toContain("as the kettle says, and a stone too");
    for (const text of [html, withholdAddresses(catalogue, object.text)]) {
      for (const secret of secrets) expect(text).not.toMatch(secret);
      expect(text.replace(/\s+/g, " ")).toContain("kettle says");
    }
  });
});

test("once public, a chapter stands where the author put it, with its links", async () => {
  const { body } = await world.get("/tea/", { now: after });
  expect(body).toMatch(/<a class="entry-title" href="\/tea\/whisper"[^>]*>Whisper: Velvet Water<\/a>/);
  expect(body).toContain("6 chapters, 4 published so far");
  const leaves = (await world.get("/tea/leaves", { now: after })).body;
  expect(leaves).toMatch(/<span class="kicker-number"[^>]*>Chapter 2</);
  expect(leaves).toContain('<a class="chapter" href="/tea/whisper">kettle</a>');
  expect(leaves).not.toMatch(/obsidian/i);
  expect((await world.get("/sitemap.xml", { now: after })).body).toContain("/tea/whisper");
  // A browser that has the page from before asks with its entity tag.
  const before = (await world.get("/tea/leaves", { now: present, cold: true })).headers.get("ETag") ?? "";
  const again = await world.get("/tea/leaves", { now: after, headers: { "If-None-Match": before } });
  expect([/^"[0-9a-f]{16}"$/.test(before), again.status]).toEqual([true, 200]);
  expect((await world.get("/tea/velvet", { now: after })).headers.get("Location")).toBe("/tea/whisper");
});

test("the author's own machine shows all of them", () => {
  const catalogue = catalogueAt(Date.parse(present), world.manifest, true);
  const [book] = world.manifest.books;
  expect(book && contentsOf(catalogue, book).map(({ listed }) => listed.slug)).toEqual([
    "whisper",
    "leaves",
    "obsidian",
    "cooling",
    "cold-brew",
    "milk",
    "gongfu",
  ]);
});
