/** Opens a newsletter with subscribers and an edition about to become due, and acts as its author. */
import { expect } from "vitest";
import type { Dialogue } from "../../../src/cli/editions/dialogue.ts";
import { watermarkKey } from "../../../src/editions/sending/claim-watermark.ts";
import type { Trouble } from "../../fakes/resend-answers.ts";
import { before, openSendContext } from "../../newsletter/run-context.ts";
import type { World } from "../../world.ts";

/** The edition of “cooling”. */
export const edition = "each_tea_cooling";
export const later: Trouble = { kind: "rate", retryAfter: "60" };
export const lost: Trouble = { kind: "cut", taken: true };
export const conflict: Trouble = {
  kind: "answer",
  status: 409,
  body: { name: "invalid_idempotent_request", message: "Other payload." },
};

/** A newsletter with this many subscribers, just before “cooling” becomes due, and an author who confirms every question. */
export async function openNewsletterWorld(world: World, readers: number, mailsPerRun = 500) {
  await empty(world);
  const post = await openSendContext(world, { mailsPerRun });
  await post.join(readers, before);
  await post.run(before);
  const heard: string[] = [];
  const authorAt = (at: string): Dialogue => ({
    execute: post.execute,
    target: "local",
    now: at,
    paint: (text) => text,
    tell: (text) => void heard.push(text),
    confirm: async () => "yes",
  });
  const state = async () => {
    const [[row] = []] = await post.execute(["SELECT state, stop_reason AS why FROM editions ORDER BY id"]);
    return row;
  };
  const openNotices = async () => {
    const [rows = []] = await post.execute(["SELECT id FROM notices WHERE resolved_at IS NULL ORDER BY id"]);
    return rows.map((row) => (row as { id: string }).id);
  };
  /** Every subscriber has one delivery, nobody got two emails, and no delivery is in progress. */
  const expectOrder = async () => {
    const [records] = await post.execute([
      "SELECT COUNT(*) AS records, COUNT(DISTINCT subscriber_id) AS readers, COUNT(*) FILTER (WHERE state = 'sending') AS sending FROM deliveries",
    ]);
    expect(records).toEqual([{ records: readers, readers, sending: 0 }]);
    expect(new Set(post.addresses()).size).toBe(post.copies.length);
  };
  return { ...post, heard, authorAt, state, openNotices, expectOrder };
}

/** Several tests share one world. */
async function empty(world: World): Promise<void> {
  const database = await world.database();
  const tables = ["subscribers", "publications", "editions", "batches", "deliveries", "notices", "newsletter"];
  await database.batch(tables.map((table) => database.prepare(`DELETE FROM ${table}`)));
  await (await world.shelf()).delete(watermarkKey);
}
