/** Tests `npm run sweep`: what it deletes, and that pages, earlier versions and sent emails stay complete. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { planSweep, type Shelf } from "../../../src/cli/backup/sweep-plan.ts";
import { storeMailPictures } from "../../../src/library/mail-pictures.ts";
import { isWritten } from "../../../src/library/manifest.ts";
import { currentReleaseKey, type Release, releaseKey } from "../../../src/library/releases.ts";
import { href } from "../../../src/routes.ts";
import { openWorld, present } from "../../world.ts";

const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const object = (text: string) => `object/${hash(text)}`;
const now = Date.parse("2026-11-25T12:00:00.000Z");
const daysAgo = (days: number) => new Date(now - days * 86_400_000).toISOString();

/** Releases by their age in days; the last one is current. */
const shelfOf = (
  releases: readonly (readonly [daysAgo: number, objects: readonly string[]])[],
  more: readonly string[] = [],
): Shelf => {
  const records = releases.map(
    ([days, texts], index) => [hash(`release ${index}`), { since: daysAgo(days), objects: texts.map(hash) }] as const,
  );
  const current = records.at(-1)?.[0];
  return {
    current,
    releases: new Map<string, Release>(records),
    keys: [
      ...new Set(releases.flatMap(([, texts]) => texts.map(object))),
      ...records.map(([id]) => releaseKey(id)),
      currentReleaseKey,
      ...more,
    ],
  };
};
const unused = (shelf: Shelf, also: ReadonlySet<string> = new Set()) => {
  const plan = planSweep(shelf, also, now);
  return plan.kind === "planned" ? plan.unused : plan.reason;
};

const many = [300, 290, 280, 270, 260, 250, 240, 230].map((days, index) => [days, ["page", `old ${index}`]] as const);

test("the present release and the five before it keep their objects, however old; what only older ones had goes, with their records", () => {
  expect(unused(shelfOf(many))).toEqual([
    object("old 0"),
    releaseKey(hash("release 0")),
    object("old 1"),
    releaseKey(hash("release 1")),
  ]);
});

test("what was in use within thirty days stays, also of a release from long ago that was the present one until lately", () => {
  const busy = [
    [300, ["page", "old"]],
    ...[20, 19, 18, 17, 16, 15, 14].map((days) => [days, ["page", `new ${days}`]] as const),
  ] as const;
  expect(unused(shelfOf(busy))).toEqual([]);
});

test("what no record names is as old as the records are: it stays for thirty days after the first", () => {
  const early = shelfOf([[29, ["page"]]], [object("before the records")]);
  expect(unused(early)).toEqual([]);
  expect(unused(shelfOf([[31, ["page"]]], [object("before the records")]))).toEqual([object("before the records")]);
  expect(unused(shelfOf([[31, ["page"]]], [object("next deploy")]), new Set([hash("next deploy")]))).toEqual([]);
});

test("what the archive shows of emails stays, however old, and so does what is not the library's", () => {
  const shelf = shelfOf(
    [[300, ["page"]]],
    [
      `mail/pictures/${hash("pack")}`,
      `mail/template/${hash("email")}`,
      "newsletter/progress",
      "feed/identities",
      "my-own",
    ],
  );
  expect(unused(shelf)).toEqual([]);
});

test("without a record of the present release nothing is swept", () => {
  const shelf = { ...shelfOf(many), current: undefined };
  expect(unused(shelf)).toContain("No release has been recorded yet");
  expect(unused({ ...shelf, current: hash("unknown") })).toContain("No release has been recorded yet");
});

test("after a sweep of a library in use every page and every picture of a sent mail answers from the shelf alone", async () => {
  await using world = await openWorld();
  const shelf = await world.shelf();
  const chapters = world.manifest.books.flatMap((book) => [book.overview, ...book.contents.filter(isWritten)]);
  const packs = chapters.flatMap(({ mailPictures }) => mailPictures ?? []);
  expect(packs.length).toBeGreaterThan(0);
  const paths = ["/", "/tea/", "/tea/leaves", "/tea/cooling", "/about", "/feed.xml"];
  for (const path of paths) expect([path, (await world.get(path, { cold: true })).status]).toEqual([path, 200]);
  await world.tick(present);
  await world.tick(new Date(Date.parse(present) + 300_000).toISOString());

  // An emailed earlier version of a chapter: its images are in the object store, but in no release.
  const lost = new Uint8Array([
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
  ]);
  const lostPack = createHash("sha256").update(lost).digest("hex");
  await shelf.put(`object/${lostPack}`, lost);
  const sources = {
    kv: shelf,
    assets: { fetch: async () => new Response(null, { status: 404 }) },
    waitUntil: () => {},
  };
  await storeMailPictures(sources as never, lostPack);
  await shelf.put(object("junk"), "junk");

  const names = async () => (await shelf.list()).keys.map(({ name }) => name);
  const records = (await names()).filter((name) => /^release\/[0-9a-f]{64}$/.test(name));
  expect(records).toHaveLength(1);
  const [record = ""] = records;
  const later = Date.parse(present) + 40 * 86_400_000;
  const plan = planSweep(
    {
      keys: await names(),
      current: (await shelf.get(currentReleaseKey)) ?? undefined,
      releases: new Map([[record.slice("release/".length), JSON.parse((await shelf.get(record)) ?? "") as Release]]),
    },
    new Set(),
    later,
  );
  if (plan.kind !== "planned") throw new Error(plan.reason);
  expect([...plan.unused].sort()).toEqual([`object/${lostPack}`, object("junk")].sort());
  for (const key of plan.unused) await shelf.delete(key);

  for (const path of paths) {
    const answer = await world.get(path, { cold: true, faults: { assets: "down" } });
    expect([path, answer.status]).toEqual([path, 200]);
  }
  const picture = await world.get(href.mailPicture(lostPack, 0, lost.byteLength), {
    cold: true,
    faults: { assets: "down" },
  });
  expect(picture.status).toBe(200);
}, 120_000);
