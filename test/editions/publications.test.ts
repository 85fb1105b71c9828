/** Tests that the cron trigger records newly public chapters once. */
import { expect, test } from "vitest";
import { openWorld } from "../world.ts";

test("a tick records what is public, each chapter once, and later what has come due", async () => {
  await using world = await openWorld();
  const rows = async () => {
    const database = await world.database();
    return (await database.prepare("SELECT chapter_id, recorded_at FROM publications ORDER BY published_at").all())
      .results;
  };
  await world.tick("2026-01-20T00:00:00Z");
  const first = [
    { chapter_id: "tea/tea-overview", recorded_at: "2026-01-20T00:00:00.000Z" },
    { chapter_id: "tea/leaves", recorded_at: "2026-01-20T00:00:00.000Z" },
  ];
  expect(await rows()).toEqual(first);

  await world.tick("2026-01-20T00:05:00Z");
  expect(await rows()).toEqual(first);

  await world.tick("2026-02-02T08:30:00Z");
  expect(await rows()).toEqual([...first, { chapter_id: "tea/cooling", recorded_at: "2026-02-02T08:30:00.000Z" }]);
});
