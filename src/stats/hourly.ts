/** Runs the hourly work on reading statistics as part of the cron trigger, which comes every five minutes. */
import { openDatabase, withoutParameters } from "../db/database.ts";
import { aggregateHourly } from "./aggregate.ts";
import { sumCost, sumWeeks, unsumCost, unsumWeeks } from "./sum-weeks.ts";

interface Cost {
  readonly queries: number;
  readonly calls: number;
}

/** Aggregates in the first run of an hour, and sums weeks in the middle of it, so that neither run does both. */
export async function runHourly(binding: D1Database, now: number): Promise<Cost | undefined> {
  const minutes = new Date(now).getUTCMinutes();
  if (minutes >= 5 && (minutes < 30 || minutes >= 35)) return undefined;
  try {
    if (minutes >= 30) {
      await sumWeeks(openDatabase(binding), now);
      return sumCost;
    }
    await unsumWeeks(openDatabase(binding));
  } catch (error) {
    console.error(
      "The weeks of reading statistics could not be summed; the next hourly run will retry.",
      withoutParameters(error),
    );
    return minutes >= 30 ? sumCost : unsumCost;
  }
  const spent = await aggregateHourly(binding, now);
  return spent && { queries: spent.queries + unsumCost.queries, calls: spent.calls + unsumCost.calls };
}
