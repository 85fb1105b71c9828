/**
 * Measures the pages of the desk after a year of 10,000 views per day, against an empty desk, for a section of
 * results.md.
 */

import { openDatabase } from "../../src/db/database.ts";
import { readOverview } from "../../src/desk/overview/overview.ts";
import { dayOf, lastDays } from "../../src/desk/period.ts";
import { countByDay, countByPage } from "../../src/desk/reading/reading-queries.ts";
import { href } from "../../src/routes.ts";
import { deskPresent, openDesk, setDesk } from "../desk/author-browser.ts";
import { meter } from "../desk/metered-database.ts";
import { overviewQuestion } from "../desk/overview-question.ts";
import type { World } from "../world.ts";
import { deskCpuRows, emptyDeskCpu, subscribeCpuRow } from "./desk-cpu.ts";
import type { Order } from "./sections.ts";

const port = 18_611;
const now = Date.parse(deskPresent);

/** The queries of each page, to count the rows that they read. */
const pages = {
  Overview: {
    path: href.desk(),
    read: (db: D1Database) => readOverview(openDatabase(db), overviewQuestion(now)),
  },
  "Reading, 30 days": { path: href.deskReading(), read: (db: D1Database) => readPeriod(db, 30) },
  "Reading, 52 weeks": { path: `${href.deskReading()}?days=364`, read: (db: D1Database) => readPeriod(db, 364) },
} as const;
type Name = keyof typeof pages;
const names = Object.keys(pages) as Name[];

async function readPeriod(db: D1Database, days: number): Promise<void> {
  const period = lastDays(dayOf(now), days);
  await countByDay(openDatabase(db), period);
  await countByPage(openDatabase(db), period);
}

interface Cost {
  readonly milliseconds: number;
  readonly rowsRead: number;
  readonly statements: number;
}

/** Measures the pages alternately; the median time of each. */
async function measure(world: World, headers: Readonly<Record<string, string>>, rounds: number) {
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const started = performance.now();
      const { status } = await world.get(world.url + pages[name].path, { headers });
      if (status !== 200) throw new Error(`${name} answers ${status}.`);
      // The first round is a warm-up.
      if (round > 0) times.get(name)?.push(performance.now() - started);
    }
  }
  const costs = new Map<Name, Cost>();
  for (const name of names) {
    const sorted = (times.get(name) ?? []).sort((a, b) => a - b);
    const metered = meter(await world.database());
    await pages[name].read(metered.database);
    const { rowsRead, statements } = metered;
    costs.set(name, { milliseconds: sorted[sorted.length >> 1] ?? Number.NaN, rowsRead, statements });
  }
  return costs;
}

export async function deskSection({ isQuick, tell }: Order): Promise<string> {
  const rounds = isQuick ? 3 : 15;
  const { world, headers } = await openDesk(port);
  try {
    await setDesk(world, "none");
    tell("an empty desk");
    const empty = await measure(world, headers, rounds);
    await setDesk(world, "year");
    tell("a year of 10,000 views a day");
    const year = await measure(world, headers, rounds);
    tell("CPU");
    const count = isQuick ? 5 : 60;
    // After the pages of the year, which have warmed up the code that both run.
    await setDesk(world, "none");
    const emptyCpu = await emptyDeskCpu(world, headers, pages, count);
    await setDesk(world, "year");
    const cpu = [...(await deskCpuRows(world, headers, pages, count, emptyCpu)), await subscribeCpuRow(count)];
    const rows = await (await world.database())
      .prepare(
        "SELECT (SELECT COUNT(*) FROM reading_days) AS days, (SELECT COUNT(*) FROM deliveries) AS copies, (SELECT COUNT(*) FROM subscribers) AS people",
      )
      .first<Record<"days" | "copies" | "people", number>>();
    const printed = (number: number | undefined) => (number ?? Number.NaN).toLocaleString("en");
    return `## The desk

Pages of the author's desk, asked for one after another, with nothing in the database and with a year of 10,000 views a day: ${printed(rows?.days)} rows of days, ${printed(rows?.people)} subscribers, ${printed(rows?.copies)} copies of editions. The median of ${rounds} rounds. D1's free plan reads 5 million rows a day.

| page | empty | a year | ratio | statements | rows read, empty | rows read, a year |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${names.map((name) => rowOf(name, empty.get(name), year.get(name))).join("\n")}

CPU of workerd for one request to the empty desk and after that year, in one run, the mean of ${count}; ticks of 10 ms, nothing subtracted. D1 runs in the same workerd here, and elsewhere at Cloudflare, where only the Worker's own part counts towards the limit of 10 ms. Beside it, what each is relative to, measured in the same run: robots.txt, and for each call of D1 what \`SELECT 1\` takes beyond that. The last column has the page's queries alone, sent through the same binding by a Worker that renders nothing.

| page | empty | a year | ratio | calls of D1 | robots.txt and the calls | its queries alone |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${cpu.join("\n")}`;
  } finally {
    await world[Symbol.asyncDispose]();
  }
}

function rowOf(name: Name, empty: Cost | undefined, year: Cost | undefined): string {
  if (!empty || !year) throw new Error(`${name} was not measured.`);
  const cells = [
    name,
    `${empty.milliseconds.toFixed(0)} ms`,
    `${year.milliseconds.toFixed(0)} ms`,
    (year.milliseconds / empty.milliseconds).toFixed(1),
    year.statements,
    empty.rowsRead.toLocaleString("en"),
    year.rowsRead.toLocaleString("en"),
  ];
  return `| ${cells.join(" | ")} |`;
}
