/** Runs the hourly work on reading statistics as part of the cron trigger, which comes every five minutes. */
import { openDatabase, withoutParameters } from "../db/database.ts";
import { type aggregateCost, aggregateHourly } from "./aggregate.ts";
import { deleteMissedCost, deleteMissedWords } from "./missed-words.ts";
import { sumDaysCost, sumFinishedDays } from "./sum-days.ts";
import { sumCost, sumWeeks, voidSums } from "./sum-weeks.ts";

/** When sums are written: seldom the minute at which a chapter is due, so that its edition has the whole call budget. */
const weeksMinute = 20;
const daysMinute = 40;
const missedMinute = 50;

/**
 * Aggregates in the first run of an hour, sums weeks and days in two others, and deletes old words of searches in another.
 * Returns the cost; never throws.
 */
export async function runHourly(
  binding: D1Database,
  now: number,
): Promise<typeof aggregateCost | typeof sumCost | typeof sumDaysCost | typeof deleteMissedCost | undefined> {
  const minutes = new Date(now).getUTCMinutes();
  const isAt = (minute: number) => minutes >= minute && minutes < minute + 5;
  const db = openDatabase(binding);
  if (isAt(weeksMinute)) {
    await attempt("The weeks of reading statistics could not be summed", async () => {
      await voidSums(db);
      await sumWeeks(db, now);
    });
    return sumCost;
  }
  if (isAt(daysMinute)) {
    await attempt("The days of reading statistics could not be summed", () => sumFinishedDays(db, now));
    return sumDaysCost;
  }
  if (isAt(missedMinute)) {
    await attempt("Old words of searches could not be deleted", () => deleteMissedWords(db, now));
    return deleteMissedCost;
  }
  return aggregateHourly(binding, now);
}

async function attempt(failure: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(`${failure}; the next hourly run will retry.`, withoutParameters(error));
  }
}
