/** Compares the desk: CPU of every page and of a subscription, what a year costs the overview, and the rows that are read. */
import { workerdCpuMs } from "../workerd-cpu.ts";
import { type DeskState, type DeskVersions, openDesks } from "./desk-versions.ts";
import { inPairs, Pairs, type Side, samplesOf } from "./in-pairs.ts";
import type { BesideOrder } from "./order.ts";
import { buildOwnLibrary } from "./own-library.ts";
import { comparisonSection, type Row } from "./table.ts";

const weeks = "/desk/reading?days=364";
const limit = "below 10 ms";
const pages = {
  Overview: "/desk/",
  "Reading, 30 days": "/desk/reading",
  "Reading, 52 weeks": weeks,
  "Reading of one chapter": "/desk/reading/transformers/self-attention",
  Subscribers: "/desk/subscribers",
  Editions: "/desk/editions",
  Feedback: "/desk/feedback",
  Calendar: "/desk/calendar",
  "robots.txt, for comparison": "/robots.txt",
} as const;

/** Asked more often: the clock of CPU time has ticks of 10 ms. */
const cheap: ReadonlySet<string> = new Set([pages.Calendar, pages["robots.txt, for comparison"]]);

export async function deskSection(order: BesideOrder): Promise<string> {
  const { copies, rounds, isQuick, tell } = order;
  const failure = await buildOwnLibrary(order);
  tell("a year of 10,000 views a day");
  const desks = await openDesks(copies, failure === undefined ? ["before", "after"] : ["after"]);
  try {
    const count = isQuick ? 5 : 30;
    const expectBuilt = (side: Side) => {
      if (side === "before" && failure !== undefined) throw new Error(failure);
    };
    const kinds = Object.entries(pages).map(([name, path]) => ({ name, path, pairs: new Pairs<Cost>() }));
    const subscriptions = new Pairs<number>();
    for (let round = 0; round < rounds.short; round += 1) {
      for (const { name, path, pairs } of kinds) {
        tell(`round ${round + 1} of ${rounds.short}: ${name}`);
        await pairs.measure(round, async (side) => {
          expectBuilt(side);
          const cpu = (state: DeskState) =>
            cpuOf(cheap.has(path) ? 8 * count : count, () => ask(desks, side, state, path));
          return { year: await cpu("year"), empty: await cpu("none") };
        });
      }
      tell(`round ${round + 1} of ${rounds.short}: a subscription`);
      await subscriptions.measure(round, async (side) => {
        expectBuilt(side);
        return cpuOf(count, () => subscribe(desks, side));
      });
    }
    const rows = async (path: string) =>
      samplesOf(
        await inPairs(1, (side) => {
          expectBuilt(side);
          return rowsRead(desks, side, path);
        }),
        (read) => read,
      );
    const overview = kinds[0]?.pairs.costs ?? { before: [], after: [] };
    const table: Row[] = [
      {
        what: "Overview after a year over an empty one",
        unit: "times",
        ...samplesOf(overview, ({ year, empty }) => year / empty),
        target: "at most 1.30 ×",
      },
      { what: "Overview, empty", unit: "ms of CPU", ...samplesOf(overview, ({ empty }) => empty), target: limit },
      ...kinds.map(
        ({ name, path, pairs }): Row => ({
          what: name,
          unit: "ms of CPU",
          ...samplesOf(pairs.costs, ({ year }) => year),
          target: path === "/robots.txt" ? "" : limit,
        }),
      ),
      { what: "A subscription", unit: "ms of CPU", ...samplesOf(subscriptions.costs, (cost) => cost), target: limit },
      { what: "Overview: rows read", unit: "number", ...(await rows(pages.Overview)), target: "" },
      { what: "Reading, 52 weeks: rows read", unit: "number", ...(await rows(weeks)), target: "at most 60,000" },
    ];
    return comparisonSection("the desk", text(rounds.short, count), table);
  } finally {
    await desks.miniflare.dispose();
  }
}

const text = (rounds: number, count: number): string =>
  `Pages of the author's desk after a year of 10,000 views a day, beside a desk with an empty database: each version with its own Worker, database and sample data, all in one workerd. CPU of workerd for one request, D1 included, nothing subtracted; elsewhere D1 runs outside the Worker. Medians of ${rounds} rounds of ${count} requests or more, in turns. Rows are those that D1 reports as read for one request.`;

interface Cost {
  readonly year: number;
  readonly empty: number;
}

/** Milliseconds of CPU for each of so many runs. */
async function cpuOf(count: number, work: () => Promise<unknown>): Promise<number> {
  for (let warmUp = 0; warmUp < 3; warmUp += 1) await work();
  const before = workerdCpuMs() ?? Number.NaN;
  for (let run = 0; run < count; run += 1) await work();
  return ((workerdCpuMs() ?? Number.NaN) - before) / count;
}

async function ask({ headers, urlOf }: DeskVersions, side: Side, state: DeskState, path: string, more: object = {}) {
  const response = await fetch(await urlOf(side, state, path), { headers: { ...headers, ...more } });
  await response.text();
  if (response.status !== 200) throw new Error(`${path} answers ${response.status}.`);
  return response;
}

async function rowsRead(desks: DeskVersions, side: Side, path: string): Promise<number> {
  const { headers } = await ask(desks, side, "year", path, { "x-count-rows": "yes" });
  return Number(headers.get("x-rows-read"));
}

let readers = 0;

/** A new address from another network each time, as the newsletter limits both. */
async function subscribe({ urlOf }: DeskVersions, side: Side): Promise<void> {
  readers += 1;
  const response = await fetch(await urlOf(side, "none", "/newsletter/subscribe"), {
    method: "POST",
    redirect: "manual",
    headers: { "cf-connecting-ip": `10.${readers >> 8}.${readers & 255}.1` },
    body: new URLSearchParams({ email: `reader${readers}@example.com`, page: "/transformers/self-attention" }),
  });
  await response.text();
  if (response.status >= 400) throw new Error(`Subscribing answers ${response.status}.`);
}
