/** Checks the desk's empty states: each is also true of a library that had data before. */
import { expect, test } from "vitest";
import { DeliveryBreakdown } from "../../src/desk/editions/delivery-breakdown.tsx";
import { hasMail } from "../../src/desk/editions/editions-page.tsx";
import { DaysChart } from "../../src/desk/reading/days-chart.tsx";
import { FunnelChart } from "../../src/desk/reading/funnel-chart.tsx";
import type { EditionRow } from "../../src/editions/edition-row.ts";
import { en } from "../../src/ui/words/en.ts";

const stage = (title: string, views: number, onward?: number) => ({
  key: title,
  title,
  views,
  reads: 0,
  finishes: 0,
  onward,
});
const way = (...stages: ReturnType<typeof stage>[]): string =>
  String(FunnelChart({ words: en.desk, id: "way", book: "Tea", stages }));

test("the way through a book names the chapter with the most only where there is one", () => {
  expect(way(stage("Leaves", 10, 5), stage("Cooling", 10, 1), stage("Gongfu", 3))).toContain(
    "Highest continuation: Leaves (50\u00a0%); lowest: Cooling (10\u00a0%).",
  );
  expect(way(stage("Leaves", 10, 5), stage("Cooling", 10, 0), stage("Gongfu", 3))).toContain(
    "Highest continuation: Leaves",
  );
  for (const text of [
    way(stage("Leaves", 10, 0), stage("Cooling", 7, 0), stage("Gongfu", 3)),
    way(stage("Leaves", 10, 5), stage("Cooling", 2, 1), stage("Gongfu", 3)),
    way(stage("Leaves", 0, 0), stage("Cooling", 7, 3), stage("Gongfu", 3)),
    way(stage("Leaves", 0, 0), stage("Cooling", 0, 0), stage("Gongfu", 3)),
  ])
    expect(text).not.toMatch(/Highest continuation|lowest|NaN/);
});

test("days without a view have no day with the most", () => {
  const day = { day: "2026-12-01", views: 0, reads: 0, finishes: 0 };
  const text = String(
    DaysChart({ words: en.desk, id: "days", title: "Views", days: [day, { ...day, day: "2026-12-02" }] }),
  );
  expect(text).toContain("No views in 2 days.");
  expect(text).not.toContain("peak");
});

test("clicks and farewells stand at an edition that somebody got, and at no other", () => {
  const edition = (audience: EditionRow["audience"]) => ({ audience }) as EditionRow;
  const count = (state: "delivered" | "uncertain" | "skipped" | "failed" | "sending", recipients = 1) => ({
    state,
    reason: null,
    recipients,
  });
  expect(hasMail(edition("weekly"), [])).toBe(false);
  expect(hasMail(edition("weekly"), [count("skipped", 7), count("failed"), count("sending")])).toBe(false);
  expect(hasMail(edition("weekly"), [count("skipped", 7), count("delivered")])).toBe(true);
  expect(hasMail(edition("each"), [count("uncertain")])).toBe(true);
  expect(hasMail(edition("weekly"), undefined), "too many copies to count").toBe(false);
  expect(hasMail(edition("each"), undefined)).toBe(true);
});

test("an edition that is done waits for nobody", () => {
  const said = (isDone: boolean) => String(DeliveryBreakdown({ words: en.desk, id: "copies", counts: [], isDone }));
  expect(said(false)).toContain("No deliveries yet.");
  expect(said(true)).toContain("It had no recipients.");
});
