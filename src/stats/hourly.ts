/** Runs the hourly work on reading statistics as part of the cron trigger, which comes every five minutes. */
import { openDatabase, withoutParameters } from "../db/database.ts";
import { type aggregateCost, aggregateHourly } from "./aggregate.ts";
import { sumCost, sumWeeks, unsumWeeks } from "./sum-weeks.ts";

/** When weeks are summed: seldom the minute at which a chapter is due, so that its edition has the whole call budget. */
const sumMinute = 20;

/** Aggregates in the first run of an hour, and sums weeks in another one. Returns the cost; never throws. */
export async function runHourly(
  binding: D1Database,
  now: number,
): Promise<typeof aggregateCost | typeof sumCost | undefined> {
  const minutes = new Date(now).getUTCMinutes();
  if (minutes < sumMinute || minutes >= sumMinute + 5) return aggregateHourly(binding, now);
  const db = openDatabase(binding);
  try {
    await unsumWeeks(db);
    await sumWeeks(db, now);
  } catch (error) {
    console.error(
      "The weeks of reading statistics could not be summed; the next hourly run will retry.",
      withoutParameters(error),
    );
  }
  return sumCost;
}
