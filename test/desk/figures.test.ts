/**
 * Computes every number of the desk a second time, in plain JavaScript from the same raw rows. Rows are generated from
 * seeds; a failing test names its seed.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import {
  countAccepted,
  countUnsubscribes,
  findDoubles,
  findRecentEditions,
  listEditions,
} from "../../src/desk/editions/edition-queries.ts";
import { countClicksOf } from "../../src/desk/editions/mail-clicks.ts";
import { countFeedback, listFeedback } from "../../src/desk/feedback/feedback-queries.ts";
import { countEvents } from "../../src/desk/overview/problem-queries.ts";
import { dayOf, daysOf, isWithin, lastDays, lastMonths } from "../../src/desk/period.ts";
import { figuresByDay, figuresByPage, wentOn, wentTo } from "../../src/desk/reading/reading-figures.ts";
import { countByDay, countByPage, countPageByDay } from "../../src/desk/reading/reading-queries.ts";
import { growthOf } from "../../src/desk/subscribers/growth-figures.ts";
import { countByBook, countChanges, listUnsubscribeReasons } from "../../src/desk/subscribers/subscriber-queries.ts";
import { countDeliveries, isOneOf } from "../../src/editions/delivery-counts.ts";
import { countSubscribers, subscribersIn } from "../../src/subscribers/subscriber-counts.ts";
import { openWorld, type World } from "../world.ts";
import { emptyDesk, fillDesk } from "./fill-desk.ts";
import { type InventedDesk, inventDesk } from "./invented-desk.ts";
import { reckon, total } from "./reckon.ts";

const now = "2026-03-31T17:20:00.000Z";
const at = Date.parse(now);
const today = dayOf(at);
const pages = ["tea/", "tea/leaves", "tea/cooling", "tea/cold-brew", "pots/", "pots/clay", "pots/iron", "/"];

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const open = async () => openDatabase(await world.database());
const sorted = <T>(rows: readonly T[]): string[] => rows.map((row) => JSON.stringify(row)).sort();

describe.each([1, 2, 3])("with the events of seed %i", (seed) => {
  let desk: InventedDesk;
  beforeAll(async () => {
    desk = inventDesk({ seed, now, days: 75, viewsADay: 60, pages, people: 260, mailings: 6, answers: 60 });
    await emptyDesk(await world.database());
    await fillDesk(await world.database(), desk);
  });

  test.each([1, 30, 75])("what was read in %i days: by page, by day, and by day of one page", async (span) => {
    const period = lastDays(today, span);
    const rows = reckon(desk).reading.filter(({ day }) => isWithin(day, period));
    const byPage = figuresByPage(await countByPage(await open(), period));
    expect([...byPage.keys()].sort()).toEqual([...new Set(rows.map(({ page }) => page))].sort());
    for (const [page, figures] of byPage) {
      const own = rows.filter((row) => row.page === page);
      const of = (measure: string) => total(own.filter((row) => row.measure === measure));
      expect([page, figures.views, figures.reads, figures.finishes, figures.seconds]).toEqual([
        page,
        of("view"),
        of("read"),
        of("finish"),
        of("seconds"),
      ]);
      expect(figures.reached).toEqual([of("depth-25"), of("depth-50"), of("depth-75"), of("depth-100")]);
      for (const [source, count] of figures.sources) {
        expect([source, count]).toEqual([
          source,
          total(own.filter((row) => row.measure === "view" && row.source === source)),
        ]);
      }
      expect([...figures.sources.values()].reduce((sum, count) => sum + count, 0)).toBe(figures.views);
    }
    for (const page of [undefined, "tea/leaves"]) {
      const counts = page ? await countPageByDay(await open(), page, period) : await countByDay(await open(), period);
      const days = figuresByDay(counts, daysOf(period));
      expect(days).toHaveLength(span);
      for (const { day, ...sums } of days) {
        const own = rows.filter((row) => row.day === day && (page === undefined || row.page === page));
        const of = (measure: string) => total(own.filter((row) => row.measure === measure));
        expect([day, sums]).toEqual([day, { views: of("view"), reads: of("read"), finishes: of("finish") }]);
      }
    }
  });

  test("how many went on from a chapter to the next, and where else they went", async () => {
    const period = lastDays(today, 30);
    const figures = figuresByPage(await countByPage(await open(), period));
    const rows = reckon(desk).reading.filter(({ day, measure }) => isWithin(day, period) && measure === "view");
    const went = (from: string, page: string) => total(rows.filter((row) => row.source === from && row.page === page));
    expect(went("tea/leaves", "tea/cooling")).toBeGreaterThan(0);
    expect(wentOn(figures, "tea/leaves", "tea/cooling")).toBe(went("tea/leaves", "tea/cooling"));
    for (const from of pages) {
      const expected = pages.map((name) => ({ name, count: went(from, name) })).filter(({ count }) => count > 0);
      expect(sorted(wentTo(figures, from))).toEqual(sorted(expected));
    }
  });

  test("subscribers: by state, frequency, pause and book", async () => {
    const counts = await countSubscribers(await open(), at);
    expect(subscribersIn(counts, () => true)).toBe(desk.subscribers.length);
    for (const { count, ...kind } of counts) {
      const same = desk.subscribers.filter(
        (row) =>
          row.state === kind.state &&
          row.frequency === kind.frequency &&
          (row.paused_until !== null && row.paused_until > now) === kind.isPaused,
      );
      expect([kind, count]).toEqual([kind, same.length]);
    }
    const confirmed = desk.subscribers.filter(({ state }) => state === "confirmed");
    for (const { book, count } of await countByBook(await open())) {
      const wants = confirmed.filter(({ books }) =>
        book === null ? books === null : books !== null && (JSON.parse(books) as string[]).includes(book),
      );
      expect([book, count]).toEqual([book, wants.length]);
    }
  });

  test("who came and who went, and how many there were at the end of each month", async () => {
    const months = lastMonths(today, 4);
    const counts = await countChanges(await open(), { from: `${months[0]}-01`, to: today });
    const expected = reckon(desk).changes;
    const reckoned = new Map<string, number>();
    for (const { day, change, count } of counts) {
      reckoned.set(`${day} ${change}`, (reckoned.get(`${day} ${change}`) ?? 0) + count);
    }
    expect(new Map([...reckoned].sort())).toEqual(new Map([...expected].sort()));

    const confirmed = desk.subscribers.filter(({ state }) => state === "confirmed").length;
    const growth = growthOf(counts, months, confirmed);
    for (const { month, atEnd } of growth) expect([month, atEnd]).toEqual([month, reckon(desk).confirmedAtEnd(month)]);
  });

  test("reasons for leaving, the latest first", async () => {
    const said = desk.subscribers
      .filter(({ leave_reason, left_at }) => leave_reason !== null && left_at !== null)
      .map(({ left_at, leave_reason }) => ({ unsubscribedAt: left_at, reason: leave_reason }));
    const listed = await listUnsubscribeReasons(await open(), 1000);
    expect(sorted(listed)).toEqual(sorted(said));
    expect(listed.map(({ unsubscribedAt }) => unsubscribedAt)).toEqual(
      said
        .map(({ unsubscribedAt }) => unsubscribedAt)
        .sort()
        .reverse(),
    );
  });

  test("editions: copies by state and reason, farewells within a week, clicks, mails taken, and nobody twice", async () => {
    const db = await open();
    const ids = desk.editions.map(({ id }) => id);
    const copies = await countDeliveries(db, isOneOf(ids));
    const readers = (edition: string, state: string, reason: string | null) =>
      new Set(
        desk.deliveries
          .filter((row) => row.edition_id === edition && row.state === state && row.reason === reason)
          .map(({ subscriber_id }) => subscriber_id),
      ).size;
    for (const copy of copies) {
      expect([copy.edition, copy.state, copy.recipients]).toEqual([
        copy.edition,
        copy.state,
        readers(copy.edition, copy.state, copy.reason),
      ]);
    }
    expect(new Set(copies.map(({ edition, state, reason }) => `${edition} ${state} ${reason}`))).toEqual(
      new Set(desk.deliveries.map((row) => `${row.edition_id} ${row.state} ${row.reason}`)),
    );
    const left = new Map((await countUnsubscribes(db, isOneOf(ids))).map(({ edition, count }) => [edition, count]));
    for (const edition of desk.editions) {
      expect([edition.id, left.get(edition.id) ?? 0]).toEqual([edition.id, reckon(desk).leaversOf(edition)]);
    }
    const listed = await listEditions(db, 100);
    const clicks = await countClicksOf(db, listed, true);
    for (const edition of listed) {
      expect([edition.id, clicks?.get(edition.id)]).toEqual([edition.id, reckon(desk).clicksOf(edition)]);
    }
    const since = at - 40 * 86_400_000;
    const times = [since, at - 3 * 86_400_000, at - 200 * 86_400_000];
    expect(await countAccepted(db, isOneOf(ids), times)).toEqual(
      times.map((time) => reckon(desk).mailsTaken(new Date(time).toISOString())),
    );
    expect(await findDoubles(db, isOneOf(ids))).toEqual([]);
    expect((await findRecentEditions(db, since)).map(({ id }) => id).sort()).toEqual(
      desk.editions
        .filter(({ opened_at }) => Date.parse(opened_at) >= since)
        .map(({ id }) => id)
        .sort(),
    );
  });

  test("reports of Resend, by kind", async () => {
    for (const { type, count } of await countEvents(await open(), at - 7 * 86_400_000)) {
      expect([type, count]).toEqual([type, desk.events.filter((event) => event.type === type).length]);
    }
  });

  test("answers: clear and not, by page; the list narrowed down, and read to its end", async () => {
    const db = await open();
    for (const { page, clear, unclear } of await countFeedback(db)) {
      const own = desk.feedback.filter((row) => row.page === page);
      expect([page, clear, unclear]).toEqual([
        page,
        own.filter((row) => row.clear === 1).length,
        own.filter((row) => row.clear === 0).length,
      ]);
    }
    const newestFirst = [...desk.feedback].sort((a, b) => (`${a.at} ${a.id}` < `${b.at} ${b.id}` ? 1 : -1));
    for (const filter of [{}, { page: "tea/leaves" }, { clear: false }, { open: true, clear: true }]) {
      const wanted = newestFirst.filter(
        (row) =>
          (filter.page === undefined || row.page === filter.page) &&
          (filter.clear === undefined || (row.clear === 1) === filter.clear) &&
          (filter.open !== true || row.settled_at === null),
      );
      const found: string[] = [];
      for (let last: { at: string; id: string } | undefined; ; ) {
        const part = await listFeedback(db, filter, 7, last);
        found.push(...part.map(({ id }) => id));
        last = part.at(-1);
        if (part.length < 7) break;
      }
      expect(found).toEqual(wanted.map(({ id }) => id));
    }
  });
});
