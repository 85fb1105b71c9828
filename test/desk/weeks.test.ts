/** Checks the weeks of the overview: their days, their sums computed again from raw rows, and what the charts say. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { chaptersShown, type Overview, readOverview, recentDays } from "../../src/desk/overview/overview.ts";
import { SmallMultiples } from "../../src/desk/overview/small-multiples.tsx";
import type { WeekFigures } from "../../src/desk/overview/week-figures.ts";
import { addDays, dayOf, daysOf, isWithin, lastDays, lastWeeks } from "../../src/desk/period.ts";
import { countMostViewed } from "../../src/desk/reading/reading-queries.ts";
import { sumFinishedDays } from "../../src/stats/sum-days.ts";
import { en } from "../../src/ui/words/en.ts";
import { openWorld, type World } from "../world.ts";
import { fillDesk } from "./fill-desk.ts";
import { inventDesk } from "./invented-desk.ts";
import { meter } from "./metered-database.ts";
import { overviewQuestion } from "./overview-question.ts";
import { reckon, total } from "./reckon.ts";

const now = "2026-03-26T17:20:00.000Z";
const today = dayOf(Date.parse(now));
const pages = ["tea/", ...Array.from({ length: 14 }, (_, index) => `tea/chapter-${index}`), "/"];
const desk = inventDesk({ seed: 4, now, days: 75, viewsADay: 200, pages, people: 260, mailings: 6, answers: 9 });

let world: World;
let overview: Overview;
beforeAll(async () => {
  world = await openWorld();
  await fillDesk(await world.database(), desk);
  overview = await readOverview(openDatabase(await world.database()), overviewQuestion(Date.parse(now)));
});
afterAll(() => world[Symbol.asyncDispose]());

test("weeks begin on Monday, and the current one ends today", () => {
  expect(lastWeeks("2026-03-26", 3)).toEqual([
    { from: "2026-03-09", to: "2026-03-15" },
    { from: "2026-03-16", to: "2026-03-22" },
    { from: "2026-03-23", to: "2026-03-26" },
  ]);
  expect(lastWeeks("2026-03-22", 1)).toEqual([{ from: "2026-03-16", to: "2026-03-22" }]);
  expect(lastWeeks("2026-03-23", 2)).toEqual([
    { from: "2026-03-16", to: "2026-03-22" },
    { from: "2026-03-23", to: "2026-03-23" },
  ]);
});

test("each week has the sums of its days, and the emails of its editions", () => {
  const { reading } = reckon(desk);
  expect(overview.weeks.length).toBeGreaterThanOrEqual(4);
  expect(overview.weeks.at(-1)?.to).toBe(today);
  for (const week of overview.weeks) {
    const of = (measure: string) => total(reading.filter((row) => row.measure === measure && isWithin(row.day, week)));
    const opened = desk.editions.filter(({ opened_at }) => isWithin(opened_at.slice(0, 10), week));
    const delivered = opened.map(
      ({ id }) =>
        new Set(
          desk.deliveries
            .filter(({ edition_id, state }) => edition_id === id && state === "delivered")
            .map(({ subscriber_id }) => subscriber_id),
        ).size,
    );
    expect([week.from, week.views, week.reads, week.delivered]).toEqual([
      week.from,
      of("view"),
      of("read"),
      delivered.reduce((sum, count) => sum + count, 0),
    ]);
  }
  expect(overview.weeks.some(({ delivered = 0 }) => delivered > 0)).toBe(true);
  const yesterday = addDays(today, -1);
  expect(overview.homeViewsYesterday).toBe(
    total(reading.filter(({ page, day, measure }) => page === "/" && day === yesterday && measure === "view")),
  );
});

test("the number of subscribers is counted back from now", () => {
  const confirmed = desk.subscribers.filter(({ state }) => state === "confirmed").length;
  expect(overview.weeks.at(-1)?.subscribers).toBe(confirmed);
  const { changes } = reckon(desk);
  const of = (week: WeekFigures, kinds: readonly string[]) =>
    daysOf(week).reduce(
      (sum, day) => sum + kinds.reduce((all, kind) => all + (changes.get(`${day} ${kind}`) ?? 0), 0),
      0,
    );
  for (const [index, week] of overview.weeks.entries()) {
    const before = overview.weeks[index - 1];
    if (before)
      expect([week.from, week.subscribers - before.subscribers]).toEqual([
        week.from,
        of(week, ["confirmed", "returned"]) - of(week, ["left", "bounced", "complained"]),
      ]);
  }
});

test("the most viewed chapters have their views by day, and of finished days no row of another page is read", async () => {
  expect(overview.trends.size).toBe(chaptersShown);
  expect(overview.trends.has("/")).toBe(false);
  const { reading } = reckon(desk);
  const recent = lastDays(today, recentDays);
  const viewsOf = (page: string) =>
    total(reading.filter((row) => row.page === page && row.measure === "view" && isWithin(row.day, recent)));
  const least = Math.min(...[...overview.trends.keys()].map(viewsOf));
  for (const page of pages.filter((page) => page !== "/" && !overview.trends.has(page)))
    expect(viewsOf(page)).toBeLessThanOrEqual(least);
  for (const [page, counts] of overview.trends) {
    expect([page, counts]).toEqual([
      page,
      daysOf(recent).map((day) =>
        total(reading.filter((row) => row.page === page && row.day === day && row.measure === "view")),
      ),
    ]);
  }
  await sumFinishedDays(openDatabase(await world.database()), Date.parse(now));
  const metered = meter(await world.database());
  const summed = await countMostViewed(openDatabase(metered.database), recent, chaptersShown);
  expect(new Map(summed)).toEqual(new Map(overview.trends));
  const ofToday = reading.filter(({ day }) => day === today).length;
  // A row for each of these pages and days, and the counts of today, which are sorted twice.
  expect(metered.rowsRead).toBeLessThan(chaptersShown * recentDays + 4 * ofToday + 300);
});

const drawn = (weeks: readonly Partial<WeekFigures>[], hasNewsletter = true): string => {
  const spans = lastWeeks(today, weeks.length);
  const all = weeks.map((week, index) => ({
    ...(spans[index] ?? { from: today, to: today }),
    views: 0,
    reads: 0,
    subscribers: 0,
    delivered: 0,
    ...week,
  }));
  return String(SmallMultiples({ words: en.desk, weeks: all, hasNewsletter })).replaceAll("\u00a0", " ");
};

test("the charts state the last whole week, or this one if there is no other, and have a text alternative", () => {
  const text = drawn([{ views: 50 }, { views: 100 }, { views: 130 }, { views: 20 }]);
  expect(text).toMatch(/<strong>130<\/strong> <span class="multiple-note">last week, \+30 %/);
  expect(text).toMatch(/<desc id="views-words">130 last week, \+30 %\. Highest: 130, 16.–.22 Mar\.<\/desc>/);
  expect(drawn([{}, { views: 9 }])).toMatch(/<strong>9<\/strong> <span class="multiple-note">this week so far/);
  expect(drawn([{}, {}, { views: 40 }, {}])).toMatch(/<strong>40<\/strong> <span class="multiple-note">last week</);
  expect(drawn([{}, {}])).not.toMatch(/Highest|NaN|Infinity/);
});

test("subscribers are a number at a time and emails a sum; weeks whose editions were not counted are not zero", () => {
  const text = drawn([
    { subscribers: 10, delivered: undefined },
    { subscribers: 12, delivered: 7 },
    { subscribers: 9, delivered: 8 },
  ]);
  expect(text).toMatch(/<strong>9<\/strong> <span class="multiple-note">−1 in 2 weeks/);
  expect(text).toMatch(/<strong>15<\/strong> <span class="multiple-note">in 2 weeks/);
  expect(text).toMatch(/<td class="number">10<\/td><td class="number">–<\/td>/);
  const without = drawn([{ views: 3 }, { views: 4 }], false);
  expect(without).not.toContain("Subscribers");
  expect(without).not.toContain("Emails");
});
