/** Tests the archive while an edition is being sent: what it shows, and since when. */
import { expect, test } from "vitest";
import { openDatabase } from "../../../src/db/database.ts";
import { findArchivePage } from "../../../src/editions/archive.ts";
import { catalogueAt } from "../../../src/library/catalogue.ts";
import { archiveProblems } from "./archived.ts";
import { begin, cooling, expectPromiseKept } from "./begun.ts";
import { isPost, mishap } from "./mishaps.ts";
import { releaseOf } from "./shelf.ts";
import { minute, type Town } from "./town.ts";

async function listed(town: Town): Promise<string[]> {
  const catalogue = catalogueAt(town.time, releaseOf(town.volumes, town.redirects));
  const found = await findArchivePage(openDatabase(town.d1.binding()), catalogue, undefined, undefined);
  return found.editions.map(({ id }) => id);
}

test("an edition is in the archive as soon as one of its emails may have arrived, and stays while the rest is sent", async () => {
  const town = await begin(250);
  town.mailsPerRun = 100;
  await town.tick({ choose: mishap("answer lost", isPost) });
  expect(town.resend.sent).toHaveLength(100);
  expect([await listed(town), await archiveProblems(town)]).toEqual([["each_tea_cooling"], []]);
  await town.ticks(8);
  expect([await listed(town), await archiveProblems(town)]).toEqual([["each_tea_cooling"], []]);
  await expectPromiseKept(town);
});

test("one that Resend rejects as a whole, or that is stopped before its first email, is not", async () => {
  const town = await begin(3);
  town.resend.apiKey = "another";
  await town.tick();
  expect([town.resend.sent, await listed(town)]).toEqual([[], []]);
  town.d1.query("UPDATE editions SET state = 'stopped', stopped_at = opened_at, stop_reason = 'author' RETURNING id");
  await town.ticks(3);
  expect(await listed(town)).toEqual([]);
});

test("a chapter that is unpublished disappears from it, and returns with the chapter, renamed or not", async () => {
  const town = await begin(3);
  await town.ticks(2);
  town.withdraw(cooling);
  expect(await listed(town)).toEqual([]);
  town.bringBack();
  town.rename(cooling);
  town.time += 5 * minute;
  await town.tick();
  expect(await listed(town)).toEqual(["each_tea_cooling"]);
  await expectPromiseKept(town);
});
