/** Runs the hourly work on reading statistics as part of the cron trigger, which comes every five minutes. */
import { openDatabase, withoutParameters } from "../db/database.ts";
import { type aggregateCost, aggregateHourly } from "./aggregate.ts";
import { sumDaysCost, sumFinishedDays } from "./sum-days.ts";
import { sumCost, sumWeeks, voidSums } from "./sum-weeks.ts";

/** When sums are written: seldom the minute at which a chapter is due, so that its edition has the whole call budget. */
const weeksMinute = 20;
const daysMinute = 40;

/** Aggregates in the first run of an hour, and sums weeks and days in two others. Returns the cost; never throws. */
export async function runHourly(
  binding: D1Database,
  now: number,
): Promise<typeof aggregateCost | typeof sumCost | typeof sumDaysCost | undefined> {
  const minutes = new Date(now).getUTCMinutes();
  const isAt = (minute: number) => minutes >= minute && minutes < minute + 5;
  const db = openDatabase(binding);
  if (isAt(weeksMinute)) {
    await attempt("weeks", async () => {
      await voidSums(db);
      await sumWeeks(db, now);
    });
    return sumCost;
  }
  if (isAt(daysMinute)) {
    await attempt("days", () => sumFinishedDays(db, now));
    return sumDaysCost;
  }
  return aggregateHourly(binding, now);
}

async function attempt(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(
      `The ${what} of reading statistics could not be summed; the next hourly run will retry.`,
      withoutParameters(error),
    );
  }
}
