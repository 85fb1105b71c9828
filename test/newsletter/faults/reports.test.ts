/** Tests that a report counts for the chapters its email carried, even if the database has lost the record of them. */
import { expect, test } from "vitest";
import { goOn } from "./author.ts";
import { begin, expectPromiseKept, oolong } from "./begun.ts";
import { mishap } from "./mishaps.ts";
import { minute, type Town } from "./town.ts";

const recordOf = (town: Town) =>
  town.d1.query("SELECT chapter_id AS chapter, state FROM deliveries ORDER BY chapter_id, subscriber_id");

/** Two chapters are sealed, one is unpublished before sending, and the database is rolled back to the sealing. */
async function rolledBackToTwo(): Promise<Town> {
  const town = await begin(1);
  town.publish(oolong);
  await town.tick({ choose: mishap("killed after", ({ text }) => /INSERT INTO batches/.test(text)) });
  const saved = town.d1.snapshot();
  const both = (state: string) => ["tea/cooling", "tea/oolong"].map((chapter) => ({ chapter, state }));
  expect(recordOf(town)).toEqual(both("sending"));
  town.withdraw(oolong);
  await town.ticks(3);
  expect(town.resend.sent.map(({ message }) => message.subject)).toEqual(["tea/cooling"]);
  town.restore(saved);
  town.bringBack();
  town.time += minute;
  await town.tick();
  expect(recordOf(town)).toEqual(both("uncertain"));
  return town;
}

test("a report after a rollback says nothing of a chapter that the email did not carry", async () => {
  const town = await rolledBackToTwo();
  for (const sent of town.resend.sent) await town.readers.report(sent, "delivered");
  expect(recordOf(town)).toEqual([
    { chapter: "tea/cooling", state: "delivered" },
    { chapter: "tea/oolong", state: "uncertain" },
  ]);
  await expectPromiseKept(town);
});

test("a report of an email of an earlier version, which does not say what it carried, counts for the edition", async () => {
  const town = await rolledBackToTwo();
  for (const { message, ...sent } of town.resend.sent) {
    const tags = (message.tags ?? []).filter(({ name }) => name !== "chapters");
    await town.readers.report({ ...sent, message: { ...message, tags } }, "delivered");
  }
  expect(recordOf(town).map((row) => (row as { state: string }).state)).toEqual(["delivered", "delivered"]);
});

test("the author lets it go on after such a report: what may have come is neither sent again nor lost without a record", async () => {
  const town = await rolledBackToTwo();
  for (const sent of town.resend.sent) await town.readers.report(sent, "delivered");
  for (const { id } of town.d1.query<{ id: string }>("SELECT id FROM editions WHERE state = 'stopped'")) goOn(town, id);
  await town.ticks(4);
  expect(town.resend.sent.map(({ message }) => message.subject)).toEqual(["tea/cooling"]);
  expect(recordOf(town)).toEqual([
    { chapter: "tea/cooling", state: "delivered" },
    { chapter: "tea/oolong", state: "uncertain" },
  ]);
  await expectPromiseKept(town);
});
