/** Tests images of emails while KV fails: the mailbox provider gets a 503 with `retry-after`, and no error is cached. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { mailPicturesKey } from "../../src/library/mail-pictures.ts";
import { isWritten } from "../../src/library/manifest.ts";
import { sha256 } from "../../src/publish/object-store.ts";
import { href } from "../../src/routes.ts";
import { openWorld, type World } from "../world.ts";

/** The smallest PNG accepted from a pack: its signature and its last chunk. */
const png = Buffer.from("89504e470d0a1a0a0000000049454e44ae426082", "hex");
/** Emailed with an earlier version of a chapter: only KV has it. */
const mailed = sha256(png);

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await (await world.shelf()).put(mailPicturesKey(mailed), new Uint8Array(png));
});
afterAll(() => world[Symbol.asyncDispose]());

const retried = { "cache-control": "no-store", "retry-after": "30" };
const headersOf = ({ headers }: { headers: Headers }, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, headers.get(name)]));

test("one that was mailed: shown, and a 503 while KV is down or gives other bytes", async () => {
  const path = href.mailPicture(mailed, 0, png.length);
  for (const kv of ["down", "garbled"] as const) {
    const answer = await world.get(path, { cold: true, faults: { kv } });
    expect([kv, answer.status, answer.body]).toEqual([kv, 503, "Please try again in a moment.\n"]);
    expect(headersOf(answer, Object.keys(retried))).toEqual(retried);
  }
  const shown = await world.get(path, { cold: true });
  expect([shown.status, shown.headers.get("Content-Type")]).toEqual([200, "image/png"]);
  expect(shown.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
});

test("one of a public chapter: a 503 while neither KV nor the deploy has it", async () => {
  const chapters = world.manifest.books.flatMap(({ overview, contents }) => [overview, ...contents.filter(isWritten)]);
  const pack = chapters.find(({ slug }) => slug === "cooling")?.mailPictures;
  if (pack === undefined) throw new Error("No chapter has images in its email");
  const path = href.mailPicture(pack, 0, png.length);
  const answer = await world.get(path, { cold: true, faults: { kv: "down", assets: "down" } });
  expect(answer.status).toBe(503);
  expect(headersOf(answer, Object.keys(retried))).toEqual(retried);
});

test("one that never was: a 404 that nobody may keep", async () => {
  for (const path of [href.mailPicture("0".repeat(64), 0, png.length), href.mailPicture(mailed, 1, png.length)]) {
    const answer = await world.get(path, { cold: true });
    expect([answer.status, answer.headers.get("Cache-Control")]).toEqual([404, "no-store"]);
  }
});
