/** Measures the cost of counting readers for a section of results.md. */
import { measureCounting, measureWriting, type Writing } from "./counting.ts";
import type { Order } from "./sections.ts";
import { servingRow } from "./serving-section.ts";

/** Views per second, number of isolates, duration in seconds. */
const rates = [
  [1, 1, 3600],
  [10, 1, 3600],
  [10, 8, 3600],
  [1000, 8, 360],
] as const;

export async function countingSection({ isQuick, tell }: Order): Promise<string> {
  const countings = await measureCounting(isQuick ? { rounds: 2, seconds: 1 } : { rounds: 9, seconds: 3 }, tell);
  const writings: Writing[] = [];
  for (const [rate, isolates, seconds] of rates) {
    tell(`${rate} views a second`);
    writings.push(await measureWriting(rate, isolates, isQuick ? seconds / 10 : seconds));
  }
  return `## Counting

The same Worker with counting on and off, in turns; every request comes from another reader, so that each one is counted.

| answer | bytes | requests a second | counting off | ratio | CPU a request | counting off |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${countings.map(servingRow).join("\n")}

Rows that D1 writes, for views with a report of reading each: tallies in, tallies out, and the rows of the day, which are added up once an hour. The last line is six minutes of a flood; over an hour its days weigh less. Views in the database against views counted, as a check.

| views a second | isolates | views | statements | rows written | a thousand views | in the database |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${writings.map(writingRow).join("\n")}`;
}

function writingRow({ viewsPerSecond, isolates, views, statements, rowsWritten, counted }: Writing): string {
  const numbers = [viewsPerSecond, isolates, views, statements, rowsWritten].map((count) => count.toLocaleString("en"));
  return `| ${[...numbers, ((1000 * rowsWritten) / views).toFixed(1), `${(100 * counted).toFixed(1)} %`].join(" | ")} |`;
}
