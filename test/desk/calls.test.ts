/** Checks the calls of D1 for each page of the desk: each is a round trip, which costs more than most queries. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { present } from "../world.ts";
import { type Desk, openDesk } from "./author.ts";
import { emptyDesk, fillDesk } from "./fill-desk.ts";
import { inventDesk } from "./invented-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

const pages = ["tea/", "tea/leaves", "tea/cooling", "tea/water", "tea/steeping", "tea/cups", "tea/pots", "/"];

const paths: readonly (readonly [path: string, calls: number])[] = [
  [href.desk(), 1],
  [`${href.desk()}?answered=tea/leaves`, 1],
  [href.deskReading(), 1],
  [href.deskReading("tea/leaves"), 1],
  [href.deskSubscribers(), 1],
  [href.deskEditions(), 1],
  [href.deskFeedback(), 1],
  [href.deskMessages(), 1],
  ["/desk/calendar", 0],
];

describe.each(["empty", "filled"] as const)("%s", (state) => {
  beforeAll(async () => {
    const db = await desk.world.database();
    await emptyDesk(db);
    if (state === "empty") return;
    await fillDesk(
      db,
      inventDesk({ seed: 2, now: present, days: 60, viewsADay: 90, pages, people: 200, mailings: 5, answers: 20 }),
    );
    const { count } = (await db.prepare("SELECT COUNT(*) AS count FROM editions").first<{ count: number }>()) ?? {};
    expect(count).toBeGreaterThan(2);
  });

  test.each(paths)("%s", async (path, calls) => {
    const { status, d1Calls } = await desk.see(path);
    expect([status, d1Calls]).toEqual([200, calls]);
  });
});
