/** Checks when questions come back, and what is valid of what a browser has stored about them. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  mergeRecall,
  parseRecall,
  type Rating,
  type Recall,
  type Review,
} from "../../../src/ui/browser/recall/record.ts";
import { agendaOf, dateOf, dayOf, dueDay, intervals } from "../../../src/ui/browser/recall/schedule.ts";

const zone = process.env.TZ;
beforeEach(() => {
  process.env.TZ = "UTC";
});
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

const at = (moment: string, rating: Rating = 3): Review => [Date.parse(moment), rating];
const dayIn = (timeZone: string, moment: string): string => {
  process.env.TZ = timeZone;
  return dateOf(dayOf(Date.parse(moment)))
    .toISOString()
    .slice(0, 10);
};
const dueOn = (...reviews: readonly Review[]): string => dateOf(dueDay(reviews)).toISOString().slice(0, 10);

describe("a question comes back", () => {
  test("sooner the less well it was known, and never on the same day", () => {
    const days = intervals([], dayOf(Date.parse("2026-12-03T09:00:00Z")));
    expect(days).toEqual({ 1: 1, 2: expect.any(Number), 3: expect.any(Number), 4: expect.any(Number) });
    expect(days[1] < days[2] || days[1] === 1).toBe(true);
    expect(days[2] < days[3] && days[3] < days[4]).toBe(true);
  });

  test("later each time that it was known, and soon again when it was forgotten", () => {
    const first = at("2026-12-03T09:00:00Z");
    const second: Review = [dueDay([first]) * 86_400_000 + 3_600_000, 3];
    const known = dueDay([first, second]) - dayOf(second[0]);
    expect(known).toBeGreaterThan(dueDay([first]) - dayOf(first[0]));
    const third: Review = [dueDay([first, second]) * 86_400_000, 1];
    expect(dueDay([first, second, third]) - dayOf(third[0])).toBeLessThan(known / 2);
  });

  test("on the day that its button promised", () => {
    const first = at("2026-12-03T23:30:00Z");
    const today = dayOf(Date.parse("2026-12-09T07:00:00Z"));
    const promised = intervals([first], today);
    for (const rating of [1, 2, 3, 4] as const)
      expect(dueDay([first, at("2026-12-09T22:00:00Z", rating)])).toBe(today + promised[rating]);
  });
});

describe("days are those of the reader's own calendar", () => {
  test.each([
    ["UTC", "2026-12-03T23:30:00Z", "2026-12-03"],
    ["Asia/Tokyo", "2026-12-03T23:30:00Z", "2026-12-04"],
    ["America/Los_Angeles", "2026-12-03T07:30:00Z", "2026-12-02"],
  ])("%s, %s", (timeZone, moment, day) => {
    expect(dayIn(timeZone, moment)).toBe(day);
  });

  test("a question that was rated just before midnight comes back on the next day, also when the clocks change", () => {
    process.env.TZ = "Europe/Berlin";
    // 23:30 on 28 March 2026; the night has 23 hours.
    expect(dueOn(at("2026-03-28T22:30:00Z", 1))).toBe("2026-03-29");
    // 23:30 on 24 October 2026; the night has 25 hours.
    expect(dueOn(at("2026-10-24T21:30:00Z", 1))).toBe("2026-10-25");
    process.env.TZ = "Asia/Tokyo";
    expect(dueOn(at("2026-03-28T22:30:00Z", 1))).toBe("2026-03-30");
  });
});

const ids = ["00000000aa", "00000000bb", "00000000cc", "00000000dd"] as const;
const [a, b, c, d] = ids;
const rated = (...reviews: readonly Review[]) => ({ text: "tea/cooling", reviews });

describe("what is due", () => {
  const recall: Recall = {
    [a]: rated(at("2026-12-02T09:00:00Z", 1)),
    [b]: rated(at("2026-12-01T09:00:00Z", 1)),
    [c]: rated(at("2026-12-03T09:00:00Z", 1)),
    [d]: { text: "beer/wort", reviews: [at("2026-12-03T09:00:00Z", 4)] },
  };
  const today = dayOf(Date.parse("2026-12-03T10:00:00Z"));
  const texts = new Set(["tea/cooling"]);

  test("what has waited longest is first, and the next day has its number", () => {
    const agenda = agendaOf(recall, { ids: [a, c, b, d], texts, isWhole: true }, today);
    expect(agenda).toEqual({ due: [b, a], next: { day: today + 1, count: 1 }, lost: [] });
    expect(agendaOf(recall, { ids: [a, c, b, d], texts, isWhole: true }, today + 1).due).toEqual([b, a, c]);
  });

  test("what the library no longer asks is lost, on the page of a book only if its chapter is there", () => {
    expect(agendaOf(recall, { ids: [a], texts, isWhole: true }, today).lost).toEqual([b, c, d]);
    expect(agendaOf(recall, { ids: [a], texts, isWhole: false }, today).lost).toEqual([b, c]);
  });

  test("nothing is due if nothing has been rated", () => {
    expect(agendaOf({}, { ids, texts, isWhole: true }, today)).toEqual({ due: [], next: undefined, lost: [] });
  });
});

describe("stored values", () => {
  test.each([undefined, null, 7, "x", [], [[]], { [a]: null }, { [a]: { text: "tea/cooling" } }, { [a]: rated() }])(
    "%j has nothing that is valid",
    (value) => {
      expect(parseRecall(value)).toEqual({});
    },
  );

  test("what is valid is kept, by time and each time once; the rest is dropped", () => {
    const reviews = [[2000, 3], [1000, 4], [2000, 3], [3000, 5], [-1, 3], ["4000", 3], [1.5, 3], [9e15, 3], [5000], 3];
    const value = {
      [a]: { text: "tea/cooling", reviews, more: 1 },
      [b]: { text: "https://elsewhere.example", reviews },
      question: { text: "tea/cooling", reviews },
      __proto__: { text: "tea/cooling", reviews },
    };
    expect(parseRecall(value)).toEqual({
      [a]: {
        text: "tea/cooling",
        reviews: [
          [1000, 4],
          [2000, 3],
        ],
      },
    });
    expect(parseRecall(JSON.parse(`{"__proto__":{"text":"tea/cooling","reviews":[[1,3]]}}`))).toEqual({});
  });

  test("an import adds what is missing and takes nothing away, in either direction", () => {
    const own: Recall = { [a]: rated([1000, 1], [3000, 3]), [b]: rated([1000, 3]) };
    const other: Recall = { [a]: rated([2000, 2], [3000, 3]), [c]: rated([5000, 4]) };
    const merged = { [a]: rated([1000, 1], [2000, 2], [3000, 3]), [b]: rated([1000, 3]), [c]: rated([5000, 4]) };
    expect(mergeRecall(own, other)).toEqual(merged);
    expect(mergeRecall(other, own)).toEqual(merged);
    expect(mergeRecall(merged, merged)).toEqual(merged);
  });
});
