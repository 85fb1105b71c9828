/** Tests the author's decisions on editions: which recipients then get a delivery, which do not, and why. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { announce, type Dialogue, dismiss, goOn, skip, stop } from "../../../src/cli/editions/dialogue.ts";
import { minutes } from "../../newsletter/run-context.ts";
import { openWorld, type World } from "../../world.ts";
import { conflict, edition, lost, openNewsletterWorld } from "./author.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

test("a mailing that the author stops sends nothing more, and goes on where it stood", async () => {
  const post = await openNewsletterWorld(world, 250, 100);
  await post.run(minutes(0));
  expect(await stop(post.authorAt(minutes(1)), edition)).toMatchObject({ ok: true });
  expect(await post.state()).toEqual({ state: "stopped", why: "author" });
  for (const minute of [5, 10, 15]) await post.run(minutes(minute));
  expect(post.copies.length).toBe(100);

  expect(await goOn(post.authorAt(minutes(16)), edition)).toMatchObject({ ok: true });
  expect(post.heard.at(-1)).toBe(
    `If you continue ${edition}:\n  You paused it.\n  150 subscribers  will get it: not processed yet, and no delivery on record`,
  );
  expect(await goOn(post.authorAt(minutes(17)), edition)).toEqual({
    text: `${edition} is already being sent.`,
    ok: true,
  });
  for (const minute of [20, 25, 30]) await post.run(minutes(minute));
  expect([post.copies.length, await post.state()]).toEqual([250, { state: "done", why: null }]);
  await post.expectOrder();
}, 60_000);

test("a batch whose end was not known when the mailing stopped is never posted again once its key is forgotten", async () => {
  const post = await openNewsletterWorld(world, 3);
  post.resend.troubles.push(lost);
  await post.run(minutes(0));
  await stop(post.authorAt(minutes(1)), edition);
  await goOn(post.authorAt(minutes(25 * 60)), edition);
  expect(post.heard.at(-1)).toContain("3 subscribers  may have it: retried with the same idempotency key");
  await post.run(minutes(25 * 60 + 5));
  expect([post.copies.length, await post.states()]).toEqual([3, { uncertain: 3 }]);
  await post.expectOrder();
}, 60_000);

test("after a conflict the other batches go on; the one in doubt stays as it is, and its notice until the author has read it", async () => {
  const post = await openNewsletterWorld(world, 250);
  post.resend.troubles.push(conflict);
  await post.run(minutes(0));
  expect([await post.state(), await post.states()]).toEqual([
    { state: "stopped", why: "conflict" },
    { sending: 150, uncertain: 100 },
  ]);
  expect(await post.openNotices()).toEqual([`stopped ${edition}`, `uncertain ${edition}`]);
  expect(await dismiss(post.authorAt(minutes(1)), `stopped ${edition}`)).toMatchObject({ ok: false });

  await goOn(post.authorAt(minutes(1)), edition);
  expect(post.heard.at(-1)?.split("\n").slice(-2)).toEqual([
    "  150 subscribers  will get it: their batches have not been sent",
    "  100 subscribers  may already have it: not sent again",
  ]);
  for (const minute of [5, 10]) await post.run(minutes(minute));
  expect([post.copies.length, await post.states()]).toEqual([150, { accepted: 150, uncertain: 100 }]);
  expect(await post.openNotices()).toEqual([`uncertain ${edition}`]);
  expect(await dismiss(post.authorAt(minutes(11)), `uncertain ${edition}`)).toMatchObject({ ok: true });
  expect(await post.openNotices()).toEqual([]);
  await post.expectOrder();
}, 60_000);

/** Rolls the database back as Cloudflare's Time Travel does: all tables as they were, KV unchanged. */
async function timeTravel({ execute }: Pick<Dialogue, "execute">) {
  const tables = ["publications", "editions", "batches", "deliveries", "notices", "newsletter"];
  await execute(tables.map((table) => `CREATE TABLE earlier_${table} AS SELECT * FROM ${table}`));
  return () =>
    execute(tables.flatMap((table) => [`DELETE FROM ${table}`, `INSERT INTO ${table} SELECT * FROM earlier_${table}`]));
}

test("after the database was set back, a mailing that goes on reaches only readers without a record", async () => {
  const post = await openNewsletterWorld(world, 150, 100);
  // Former digest subscribers, so the author is asked about digests that have no recipients.
  await post.execute(
    ["weekly", "monthly"].map(
      (frequency) => `INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, frequency)
        VALUES ('${frequency}', '${frequency}@example.org', '${frequency}@example.org', 'unsubscribed', 'k', 'x', '${frequency}')`,
    ),
  );
  await post.run(minutes(0));
  const setBack = await timeTravel(post);
  await post.run(minutes(5));
  await setBack();
  await post.run(minutes(10));
  expect([post.copies.length, await post.state()]).toEqual([150, { state: "stopped", why: "restored" }]);
  const digests = ["monthly_restored_2", "weekly_restored_2"];
  expect(await post.openNotices()).toEqual(["restored 2"]);

  await goOn(post.authorAt(minutes(11)), edition);
  expect(post.heard.at(-1)).toContain(
    "50 subscribers  will get it: not processed yet, and no delivery on record;\n                  some may have received it before the database was rolled back",
  );
  await skip(post.authorAt(minutes(12)), digests[0] ?? "");
  expect(await post.openNotices()).toEqual(["restored 2"]);
  await skip(post.authorAt(minutes(13)), digests[1] ?? "");
  expect(await post.openNotices()).toEqual([]);
  post.resend.forgetKeys();
  for (const minute of [15, 20]) await post.run(minutes(minute));
  // The author's decision sends it to the last 50 again, and to nobody else.
  const twice = post.addresses().filter((address, index, all) => all.indexOf(address) !== index);
  expect([post.copies.length, twice.length, await post.states()]).toEqual([200, 50, { accepted: 150 }]);
}, 60_000);

test("a mailing that is skipped reaches nobody more, in no digest either, and every reader has a reason", async () => {
  const post = await openNewsletterWorld(world, 350, 200);
  await post.execute([
    "UPDATE subscribers SET frequency = 'weekly' WHERE id = 's00350'",
    "UPDATE subscribers SET paused_until = '2026-02-05T00:00:00.000Z' WHERE id = 's00349'",
  ]);
  post.resend.troubles.push(lost);
  await post.run(minutes(0));
  expect(await skip(post.authorAt(minutes(1)), edition)).toMatchObject({ ok: true });
  expect(post.heard.at(-1)).toBe(
    [
      `If you end ${edition}:`,
      "  248 subscribers  will not get it, either now or in a later digest",
      "  100 subscribers  may have it, because their batch was sent or is being sent:",
      "                   marked uncertain",
      "  Weekly and monthly digests are separate editions.",
    ].join("\n"),
  );
  expect([await post.state(), await post.states()]).toEqual([
    { state: "done", why: "skipped" },
    { skipped: 249, uncertain: 100 },
  ]);
  const [reasons] = await post.execute(["SELECT reason, COUNT(*) AS count FROM deliveries GROUP BY 1 ORDER BY 2"]);
  expect(reasons).toEqual([
    { reason: "skipped by the author while it was being posted", count: 100 },
    { reason: "skipped by the author", count: 249 },
  ]);
  const [batches] = await post.execute(["SELECT state, members FROM batches ORDER BY id"]);
  expect(batches).toEqual([
    { state: "uncertain", members: "[]" },
    { state: "settled", members: "[]" },
  ]);
  expect(await skip(post.authorAt(minutes(2)), edition)).toMatchObject({ ok: true });
  expect(await goOn(post.authorAt(minutes(2)), edition)).toMatchObject({ ok: false });

  await post.execute([
    "UPDATE subscribers SET frequency = 'weekly', frequency_changed_at = '2026-02-03T00:00:00.000Z'",
  ]);
  for (const minute of [5, 60]) await post.run(minutes(minute));
  for (const minute of [0, 5]) await post.run(`2026-02-09T06:0${minute}:00.000Z`);
  expect(post.copies.slice(100).map(({ to }) => to[0])).toEqual(["r350@example.org"]);
}, 60_000);

test("a chapter from before the newsletter is mailed when the author announces it, and once", async () => {
  const post = await openNewsletterWorld(world, 3);
  await post.run("2026-01-20T00:05:00Z");
  const author = post.authorAt("2026-01-20T00:06:00.000Z");
  expect(await announce(author, "tea/leaves")).toEqual({
    text: "tea/leaves is queued: the next cron run will email it. `npm run newsletter`\nlists it.",
    ok: true,
  });
  expect(post.heard).toEqual([
    "If you announce tea/leaves:\n  3 subscribers  will get it with the next cron run\n  No one with a delivery on record gets it again.",
  ]);
  expect(await announce(author, "tea/leaves")).toEqual({
    text: "tea/leaves has been queued since 2026-01-20 00:06 UTC: the next cron run will\nemail it.",
    ok: true,
  });
  for (const minute of [10, 15]) await post.run(`2026-01-20T00:${minute}:00Z`);
  expect(post.copies.map(({ subject }) => subject)).toEqual(["tea/leaves", "tea/leaves", "tea/leaves"]);
  expect(await announce(author, "tea/leaves")).toEqual({
    text: "tea/leaves is already in edition each_tea_leaves, and no one gets a chapter\ntwice. `npm run newsletter -- show each_tea_leaves` shows who received it.",
    ok: true,
  });
  await post.expectOrder();
}, 60_000);
