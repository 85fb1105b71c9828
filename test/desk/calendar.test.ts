/**
 * Checks the calendar: when each chapter is published, together with which others, and for whom; and the empty state.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calendarAt } from "../../src/desk/calendar/calendar.ts";
import { isWritten, type Manifest } from "../../src/library/manifest.ts";
import { href } from "../../src/routes.ts";
import { type Desk, openDesk, wordsOf } from "./author.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ MAIL_FROM: "letters@library.example", RESEND_API_KEY: "re_test" });
});
afterAll(() => desk[Symbol.asyncDispose]());

const ms = Date.parse;
/** The tea library with other dates; chapters without an entry stay unchanged. */
function dated(dates: Readonly<Record<string, string | undefined>>): Manifest {
  const { manifest } = desk.world;
  const withDate = <T extends { readonly id: string; readonly published?: string | undefined }>(chapter: T): T => {
    if (!(chapter.id in dates)) return chapter;
    const { published: _, ...rest } = chapter;
    const date = dates[chapter.id];
    return { ...rest, ...(date !== undefined && { published: date }) } as T;
  };
  return {
    ...manifest,
    books: manifest.books.map((book) => ({
      ...book,
      overview: withDate(book.overview),
      contents: book.contents.map((entry) => (isWritten(entry) ? withDate(entry) : entry)),
    })),
  };
}
const ids = (places: readonly { chapter: { id: string } }[]) => places.map(({ chapter }) => chapter.id);

describe("rules", () => {
  test("scheduled in order, drafts, and the last thirty days", () => {
    const calendar = calendarAt(ms("2026-02-20T12:00:00Z"), dated({ leaves: "2026-02-22T08:00:00Z" }));
    expect(calendar.scheduled.map(({ entry, inDays }) => [entry.chapter.id, inDays])).toEqual([
      ["leaves", 2],
      ["cold-brew", 1562],
    ]);
    expect(ids(calendar.drafts)).toEqual(["gongfu"]);
    expect(ids(calendar.recent)).toEqual(["cooling"]);
  });

  test.each([
    ["2026-02-25T08:00:00Z", "2026-03-02T06:00:00Z", "2026-03-01T06:00:00Z"],
    // A Monday before, at and after six; and the first day of a month.
    ["2026-03-02T05:59:00Z", "2026-03-02T06:00:00Z", "2026-04-01T06:00:00Z"],
    ["2026-03-02T06:00:00Z", "2026-03-09T06:00:00Z", "2026-04-01T06:00:00Z"],
    ["2026-06-01T05:00:00Z", "2026-06-01T06:00:00Z", "2026-06-01T06:00:00Z"],
    ["2026-12-31T23:00:00Z", "2027-01-04T06:00:00Z", "2027-01-01T06:00:00Z"],
  ])("what comes out on %s is in the digests of %s and %s", (at, weekly, monthly) => {
    const [next] = calendarAt(ms("2026-02-20T12:00:00Z"), dated({ leaves: at })).scheduled;
    expect([next?.weekly, next?.monthly]).toEqual([ms(weekly), ms(monthly)]);
  });

  test("two that one run finds are one mail; two within a day are two; two days apart are nobody's business", () => {
    const near = (leaves: string, gongfu: string) => {
      const [first] = calendarAt(ms("2026-02-20T12:00:00Z"), dated({ leaves, gongfu })).scheduled;
      return [ids(first?.inOneMail ?? []), ids(first?.closeBy ?? [])];
    };
    expect(near("2026-02-22T08:00:00Z", "2026-02-22T08:00:00Z")).toEqual([["gongfu"], []]);
    expect(near("2026-02-22T08:00:00Z", "2026-02-22T20:00:00Z")).toEqual([[], ["gongfu"]]);
    expect(near("2026-02-22T08:00:00Z", "2026-02-24T08:00:00Z")).toEqual([[], []]);
  });

  test("a chapter before its book is not public with its own date", () => {
    const opensOf = (overview: string | undefined) =>
      calendarAt(
        ms("2026-02-20T12:00:00Z"),
        dated({ leaves: "2026-02-22T08:00:00Z", "tea-overview": overview }),
      ).scheduled.find(({ entry }) => entry.chapter.id === "leaves")?.bookOpens;
    expect(opensOf("2026-02-01T00:00:00Z")).toBeUndefined();
    expect(opensOf("2026-03-01T00:00:00Z")).toBe(ms("2026-03-01T00:00:00Z"));
    expect(opensOf(undefined)).toBe(Number.POSITIVE_INFINITY);
  });
});

test("the page: when, in how many days, to whom, and how it will look", async () => {
  const page = await desk.see(href.deskCalendar(), { now: "2030-05-30T09:00:00Z" });
  expect(page.status).toBe(200);
  const words = wordsOf(page.body);
  expect(words).toContain("June 2030");
  expect(words).toContain("Sat, 1 Jun 2030, 12:00");
  expect(words).toContain("in 2 days");
  expect(words).toContain(
    "Emailed immediately to “each chapter” subscribers, in the weekly digest of Monday 3 June, and in the monthly digest of Monday 1 July.",
  );
  expect(page.body).toContain(`href="${href.deskPreview("tea/cold-brew")}"`);
  expect(page.body).toContain(`href="${href.deskPreview("tea/gongfu", "mail")}"`);
  expect(page.body).toContain('<a href="/desk/calendar" aria-current="page">Calendar</a>');
});

test("when nothing is scheduled the page says what to do", async () => {
  const words = wordsOf((await desk.see(href.deskCalendar(), { now: "2030-07-01T09:00:00Z" })).body);
  expect(words).toContain("Nothing is scheduled");
  // The example is a future date, so it can be copied as it is.
  expect(words).toContain("published: 2030-07-08T08:00:00Z");
  expect(words).toContain("Cold Brew");
});

test("without a key no link can be made, and the page says how to set one", async () => {
  await using bare = await openDesk({ TOKEN_KEYS: "" });
  const page = await bare.see(href.deskCalendar());
  expect(wordsOf(page.body)).toContain("set TOKEN_KEYS");
  expect(wordsOf(page.body)).toContain("The newsletter is off");
  const answer = await bare.see(href.deskPreview("tea/gongfu"));
  expect([answer.status, wordsOf(answer.body).includes("npx wrangler secret put TOKEN_KEYS")]).toEqual([409, true]);
});
