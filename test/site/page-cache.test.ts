/** Checks what an isolate's page cache stores: every URL of the catalogue, and nothing that a stranger invents. */
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { maxConditionLength } from "../../src/http/etag.ts";
import { type KeptPage, PageCache, sizeOf } from "../../src/http/page-cache.ts";
import { href } from "../../src/routes.ts";
import { bookFolder, openWorld, repository, type World } from "../world.ts";

let world: World;
let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "pictured-"));
  cpSync(bookFolder("tea"), home, { recursive: true });
  copyFileSync(join(repository, "src/ui/library.png"), join(home, "content/tea/cup.png"));
  const chapter = join(home, "content/tea/leaves.md");
  writeFileSync(chapter, `${readFileSync(chapter, "utf8")}\n\n![A cup.](cup.png "A cup of tea.")\n`);
  world = await openWorld(home);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true });
});

interface Cached {
  readonly entries: number;
  readonly bytes: number;
}

const media = (): string => {
  const [picture] = world.manifest.books.flatMap((book) => book.contents.flatMap((c) => ("media" in c ? c.media : [])));
  if (!picture) throw new Error("No chapter has an image");
  return href.media(picture.hash, picture.extension);
};

const addresses = (): string[] => [
  href.home(),
  href.about(),
  href.counting(),
  href.feed(),
  href.robots(),
  href.sitemap(),
  href.book("tea"),
  href.feed("tea"),
  href.jsonFeed(),
  href.jsonFeed("tea"),
  href.corrections(),
  href.markdown("tea", undefined),
  href.chapter("tea", "cooling"),
  href.chapter("tea", "leaves"),
  href.markdown("tea", "cooling"),
  href.markdown("tea", "leaves"),
  media(),
];

const cached = (answer: { readonly headers: Headers }): Cached =>
  JSON.parse(answer.headers.get("x-world-cache") ?? "") as Cached;

/** Spellings of a URL that a careless pattern takes for it. */
function variations(path: string, salt: string): string[] {
  const at = 1 + (salt.length % Math.max(1, path.length - 1));
  const encoded = `${path.slice(0, at)}%${path.charCodeAt(at).toString(16)}${path.slice(at + 1)}`;
  return [
    `${path}.${salt}`,
    `${path}/${salt}`,
    `${path}/`,
    `${path}?${salt}=${salt}`,
    `${path};${salt}`,
    `${path}%20${salt}`,
    `${path}${salt}`,
    `${path}.${salt}.md`,
    `${path}/${salt}/index.html`,
    `${path}//${salt}`,
    `${path}%2F${salt}`,
    `${path}%00`,
    `/${path}`,
    `/${salt}${path}`,
    `${path}.md`,
    `${path}.html`,
    `${path}/index.md`,
    `${path}/feed.xml`,
    `${path}/feed.json`,
    path.toUpperCase(),
    ...(path.length > 1 ? [encoded, encoded.replaceAll("%", "%25")] : []),
  ];
}

test("thousands of invented addresses leave it as large as the library made it", async () => {
  await world.get("/robots.txt", { cold: true });
  for (const path of addresses()) {
    for (const Accept of ["text/html", "text/markdown"]) {
      expect([path, (await world.get(path, { headers: { Accept } })).status]).toEqual([path, 200]);
    }
  }
  const before = cached(await world.get("/robots.txt"));
  expect(before.entries).toBeGreaterThanOrEqual(addresses().length);

  const salts = Array.from({ length: 12 }, (_, index) => "x".repeat(index + 1) + index);
  const invented = salts.flatMap((salt) => addresses().flatMap((path) => variations(path, salt)));
  expect(new Set(invented).size).toBeGreaterThan(2_000);
  for (let from = 0; from < invented.length; from += 50) {
    await Promise.all(
      invented.slice(from, from + 50).map((path, index) => {
        const Accept = index % 2 === 0 ? "text/html" : "text/markdown";
        return world.get(world.origin + path, { headers: { Accept }, method: index % 7 === 0 ? "HEAD" : "GET" });
      }),
    );
  }
  expect(cached(await world.get("/robots.txt"))).toEqual(before);
});

test("an image has one address: its hash and its own extension, to the letter", async () => {
  const path = media();
  expect((await world.get(path)).status).toBe(200);
  const other = path.endsWith(".png") ? ".svg" : ".png";
  const percent = `/media/%${path.charCodeAt(7).toString(16)}${path.slice(8)}`;
  for (const wrong of [`${path}.x`, `${path}.png`, path.replace(/\.\w+$/, other), path.toUpperCase(), percent]) {
    const answer = await world.get(wrong);
    expect([wrong, answer.status, answer.headers.get("Cache-Control")]).toEqual([wrong, 404, "no-store"]);
  }
});

test("a condition over the limit is not looked up among the tags, not even where one is as long", () => {
  const memory = new PageCache();
  const tagOf = (length: number) => `"${"t".repeat(length - 2)}"`;
  const statusOf = (etag: string) => {
    const headers = new Headers({ ETag: etag });
    const bytes = new Uint8Array(10);
    memory.expireAt(1);
    memory.keep("/tea/", { bytes, size: 10, etag, headers, notModified: { status: 304, headers } });
    const request = new Request("https://library.example/tea/", { headers: { "If-None-Match": etag } });
    return memory.recall(request, 0)?.status;
  };
  expect([statusOf(tagOf(maxConditionLength)), statusOf(tagOf(maxConditionLength + 1))]).toEqual([304, 200]);
});

test("an entry costs its key, its headers and itself, and its tag goes with it", () => {
  const memory = new PageCache(64 * 1024);
  const page = (etag: string): KeptPage => {
    const headers = new Headers({ ETag: etag, "X-Long": "x".repeat(1_000) });
    const bytes = new Uint8Array(10);
    return { bytes, size: sizeOf(bytes, headers), etag, headers, notModified: { status: 304, headers } };
  };
  for (let index = 0; index < 1_000; index += 1) {
    memory.keep(`/${"k".repeat(400)}${index}`, page(`"${index}"`));
  }
  expect(memory.entries * (400 + 1_000)).toBeLessThan(64 * 1024);
  expect(memory.entries).toBeGreaterThan(5);
  expect(memory.tags).toBe(memory.entries);
  memory.clear();
  expect([memory.entries, memory.bytes, memory.tags]).toEqual([0, 0, 0]);
});
