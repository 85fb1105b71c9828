/** A subscriber's own page: books, frequency, pause, address, the export, and the end of it all. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { after, type House, lastMail, linkIn, openHouse } from "./house.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house[Symbol.asyncDispose]());
beforeEach(() => {
  house.office.mails.length = 0;
});

const rowOf = async (id: string) => (await house.rows(`SELECT * FROM subscribers WHERE id = '${id}'`))[0];

test("books and frequency", async () => {
  const { id, preferences } = await house.join("ada@example.org");
  expect((await house.world.get(preferences)).body).toContain("ada@example.org");
  const saved = await house.post(preferences, {
    act: "save",
    frequency: "weekly",
    which: "chosen",
    books: ["tea", "x"],
  });
  expect([saved.status, saved.headers.get("location")]).toEqual([303, `${preferences}?done=saved`]);
  expect((await house.world.get(`${preferences}?done=saved`)).body).toContain("Saved.");
  const changed = { frequency: "weekly", books: '["tea"]', frequency_changed_at: "2026-03-01T12:00:00.000Z" };
  expect(await rowOf(id)).toMatchObject(changed);

  await house.post(preferences, { act: "save", frequency: "weekly", which: "all" }, { now: after(5) });
  expect(await rowOf(id)).toMatchObject({ ...changed, books: null });
  const none = await house.post(preferences, { act: "save", frequency: "each", which: "chosen" });
  expect(none.headers.get("location")).toBe(`${preferences}?done=no-book`);
  expect(await rowOf(id)).toMatchObject({ frequency: "weekly" });
  await house.post(preferences, { act: "save", frequency: "hourly", which: "all" });
  expect(await rowOf(id)).toMatchObject({ frequency: "weekly" });
});

test("a pause, and its end", async () => {
  const { id, preferences } = await house.join("pause@example.org");
  await house.post(preferences, { act: "pause", until: "2026-04-01" });
  expect(await rowOf(id)).toMatchObject({ paused_until: "2026-04-01T00:00:00.000Z" });
  expect((await house.world.get(preferences)).body).toContain("1 April 2026");
  for (const until of ["2026-02-01", "2099-01-01", "soon", ""]) await house.post(preferences, { act: "pause", until });
  expect(await rowOf(id)).toMatchObject({ paused_until: "2026-04-01T00:00:00.000Z" });
  await house.post(preferences, { act: "resume" });
  expect(await rowOf(id)).toMatchObject({ paused_until: null });
});

test("a fresh link is mailed to those who have a page, and the answer is the same for all", async () => {
  await house.join("link@example.org");
  const known = await house.post(href.preferencesLink(), { email: "link@example.org" });
  expect((await house.world.get(linkIn(lastMail(house.office), "preferences"))).status).toBe(200);
  house.office.mails.length = 0;
  const unknown = await house.post(href.preferencesLink(), { email: "nobody@example.org" });
  expect([known.status, known.headers.get("location")]).toEqual([unknown.status, unknown.headers.get("location")]);
  expect(house.office.mails).toEqual([]);
  expect((await house.post(href.preferencesLink(), { email: "no" })).status).toBe(422);
});

test("a link of long ago offers a fresh one", async () => {
  const { preferences } = await house.join("long-ago@example.org");
  expect((await house.world.get(preferences, { now: after(399 * 24) })).status).toBe(200);
  const old = await house.world.get(preferences, { now: after(401 * 24) });
  expect([old.status, old.body.includes(`action="${href.preferencesLink()}"`)]).toEqual([404, true]);
});

test("everything that is known, as a file, without the secrets of links", async () => {
  const { id, preferences, leave } = await house.join("export@example.org");
  await house.rows(`INSERT INTO publications (chapter_id, published_at, recorded_at) VALUES ('tea/leaves', 'x', 'x')`);
  await house.rows(
    `INSERT INTO deliveries VALUES ('tea/leaves', '${id}', 'each_tea_leaves', 'delivered', NULL, 'p', 'x')`,
  );
  const answer = await house.world.get(`${preferences}/data`);
  expect(answer.headers.get("content-disposition")).toContain("attachment");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const data = JSON.parse(answer.body);
  expect(data.subscriber).toMatchObject({ email: "export@example.org", state: "confirmed" });
  expect(data.consents).toHaveLength(2);
  expect(data.deliveries).toHaveLength(1);
  expect(data.letters.map(({ kind }: { kind: string }) => kind).sort()).toEqual(["confirmation", "welcome"]);
  expect(answer.body).not.toContain(leave.split(".").at(-1));
});

test("erased: nothing is left but a hash, and its owner may begin anew", async () => {
  const { id, preferences, leave } = await house.join("erase@example.org");
  await house.rows(`INSERT INTO deliveries VALUES ('tea/leaves', '${id}', 'e', 'delivered', NULL, 'p', 'x')`);
  await house.post(preferences, { act: "erase" });
  expect(await rowOf(id)).toBeDefined();
  expect((await house.post(preferences, { act: "erase", sure: "yes" })).body).toContain("Erased");
  for (const table of [
    "subscribers WHERE id",
    "consents WHERE subscriber_id",
    "letters WHERE subscriber_id",
    "deliveries WHERE subscriber_id",
  ]) {
    expect(await house.rows(`SELECT * FROM ${table} = '${id}'`)).toEqual([]);
  }
  expect(await house.rows("SELECT reason, length(address_hash) AS length FROM suppressions")).toEqual([
    { reason: "erased", length: 64 },
  ]);
  for (const path of [preferences, leave]) expect((await house.world.get(path)).status).toBe(404);

  await house.join("erase@example.org");
  expect(await house.rows("SELECT * FROM suppressions")).toEqual([]);
});

test("who complained and has all erased stays suppressed", async () => {
  const { id, preferences } = await house.join("complaint@example.org");
  await house.rows(`UPDATE subscribers SET state = 'suppressed', suppression_reason = 'complaint' WHERE id = '${id}'`);
  await house.post(preferences, { act: "erase", sure: "yes" });
  expect(await house.rows("SELECT reason FROM suppressions")).toEqual([{ reason: "complaint" }]);
  await house.subscribe("complaint@example.org");
  expect(house.office.mails).toEqual([]);
});
