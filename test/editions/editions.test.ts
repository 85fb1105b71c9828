/** Tests editions from announcement to completion, on a real D1 with a provider that can be made to fail. */
import { expect, test } from "vitest";
import { openEditions } from "../../src/editions/edition.ts";
import { sealNext } from "../../src/editions/sending/seal.ts";
import { before, minutes, openSendContext } from "../newsletter/run-context.ts";
import { openWorld } from "../world.ts";

test("the first run mails nothing; a chapter that comes due goes to each reader once, however often cron runs", async () => {
  await using world = await openWorld();
  const post = await openSendContext(world);
  await post.join(250, before);
  await post.run(before);
  await post.run("2026-01-20T00:05:00Z");
  expect(post.copies).toEqual([]);

  await Promise.all([post.run(minutes(0)), post.run(minutes(0)), post.run(minutes(0))]);
  for (const minute of [5, 10, 15]) await post.run(minutes(minute));
  expect([post.copies.length, new Set(post.addresses()).size]).toEqual([250, 250]);
  expect(await post.states()).toEqual({ accepted: 250 });
  expect(post.copies[0]).toMatchObject({
    subject: "tea/cooling",
    html: expect.stringMatching(/^<a href="s\d{5}\.k">\$&<\/a>$/),
    text: expect.stringMatching(/^preferences\.s\d{5}\./),
  });
  expect(await post.database.prepare("SELECT state FROM editions").all()).toMatchObject({
    results: [{ state: "done" }],
  });
}, 60_000);

test("an answer that got lost is asked for again under its key; who has left by then, and those before the first attempt, differ", async () => {
  await using world = await openWorld();
  const post = await openSendContext(world);
  await post.join(3, before);
  await post.run(before);
  post.resend.troubles.push({ kind: "rate", retryAfter: "60" });
  await post.run(minutes(0));
  await post.database
    .prepare("UPDATE subscribers SET state = 'unsubscribed', left_at = ? WHERE id = 's00002'")
    .bind(minutes(1))
    .run();
  post.resend.troubles.push({ kind: "cut", taken: true });
  await post.run(minutes(5));
  expect(await post.states()).toEqual({ sending: 2, skipped: 1 });
  await post.run(minutes(10));
  await post.run(minutes(15));
  expect(post.addresses()).toEqual(["r1@example.org", "r3@example.org"]);
  expect(await post.states()).toEqual({ accepted: 2, skipped: 1 });
}, 60_000);

test("a batch that is turned away is halved until the bad copy stands alone", async () => {
  await using world = await openWorld();
  const post = await openSendContext(world);
  await post.join(4, before);
  await post.run(before);
  const refused = { kind: "answer", status: 422, body: { name: "validation_error", message: "No." } } as const;
  post.resend.troubles.push(refused);
  await post.run(minutes(0));
  post.resend.troubles.push(refused);
  await post.run(minutes(5));
  post.resend.troubles.push(refused);
  for (const minute of [10, 15, 20]) await post.run(minutes(minute));
  expect(await post.states()).toEqual({ accepted: 3, failed: 1 });
  expect(new Set(post.addresses()).size).toBe(3);
}, 60_000);

test("an outcome still unknown after the life of the key is uncertain: the author is told, nobody is mailed again", async () => {
  await using world = await openWorld();
  const post = await openSendContext(world);
  await post.join(2, before);
  await post.run(before);
  post.resend.troubles.push({ kind: "cut", taken: true });
  await post.run(minutes(0));
  await post.run(minutes(24 * 60));
  await post.run(minutes(25 * 60));
  expect(await post.states()).toEqual({ uncertain: 2 });
  expect([post.copies.length, post.told]).toEqual([2, ["Some deliveries are uncertain"]]);
}, 60_000);

test("a database set back to an earlier hour stops the mailing and asks", async () => {
  await using world = await openWorld();
  const post = await openSendContext(world);
  await post.join(2, before);
  await post.run(before);
  await post.run(minutes(0));
  expect(post.copies.length).toBe(2);
  // As it was before the chapter became due.
  await post.database.batch(
    [
      "DELETE FROM deliveries",
      "DELETE FROM batches",
      "DELETE FROM editions",
      "DELETE FROM publications WHERE chapter_id = 'tea/cooling'",
      "UPDATE newsletter SET claims = 0",
    ].map((statement) => post.database.prepare(statement)),
  );
  for (const minute of [30, 35, 10 * 24 * 60, 40 * 24 * 60]) await post.run(minutes(minute));
  expect(post.copies.length).toBe(2);
  expect(post.told).toContain("The newsletter database was rolled back");
  const { results } = await post.database.prepare("SELECT state FROM editions WHERE audience = 'each'").all();
  expect(results).toEqual([{ state: "stopped" }]);
}, 60_000);

test("an edition that the author stops while a run is at work is not sealed any further", async () => {
  await using world = await openWorld();
  const post = await openSendContext(world);
  await post.join(2, before);
  await post.run(before);
  await post.run("2026-01-20T00:05:00Z");
  post.resend.troubles.push({ kind: "rate", retryAfter: "60" });
  await post.run(minutes(0));
  const context = post.contextAt(minutes(1));
  const [edition] = await openEditions(context);
  if (!edition) throw new Error("There is no edition.");
  for (const table of ["deliveries", "batches"]) await post.database.prepare(`DELETE FROM ${table}`).run();
  await post.database.prepare("UPDATE editions SET state = 'stopped'").run();
  expect(await sealNext(context, { ...edition, cursor: "" }, 100)).toBeUndefined();
  expect(await post.states()).toEqual({});
}, 60_000);
