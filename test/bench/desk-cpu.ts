/** Measures the CPU time of workerd for each page of the desk, and for a subscription, for the section of the desk. */
import { batchReads } from "../../src/db/batch-reads.ts";
import { href } from "../../src/routes.ts";
import { openNewsletterWorld } from "../newsletter/newsletter-world.ts";
import { trial } from "../own-library.ts";
import { bookFolder, openWorld, type World } from "../world.ts";
import { workerdCpuMs } from "./workerd-cpu.ts";

/** A chapter of the library that the desk is measured with. */
const chapter = `${trial.book}/${trial.slug}`;

const otherPages = {
  "A chapter, 30 days": href.deskReading(chapter),
  "A chapter, 52 weeks": `${href.deskReading(chapter)}?days=364`,
  Subscribers: href.deskSubscribers(),
  Editions: href.deskEditions(),
  Feedback: href.deskFeedback(),
  "Calendar, which asks D1 nothing": "/desk/calendar",
} as const;

/** Milliseconds of CPU for each of `count` runs; the clock of proc(5) has ticks of 10 ms. Undefined without such a clock. */
async function cpuOf(count: number, work: (index: number) => Promise<unknown>): Promise<number | undefined> {
  // Warms up.
  for (let index = 0; index < 5; index += 1) await work(-1 - index);
  const before = workerdCpuMs();
  for (let index = 0; index < count; index += 1) await work(index);
  const after = workerdCpuMs();
  return before === undefined || after === undefined ? undefined : (after - before) / count;
}

const printed = (milliseconds: number | undefined) =>
  milliseconds === undefined ? "–" : `${milliseconds.toFixed(1)} ms`;

const ratioOf = (whole: number | undefined, empty: number | undefined) =>
  whole === undefined || empty === undefined ? "–" : (whole / empty).toFixed(1);

export interface MeasuredPage {
  readonly path: string;
  /** Its queries. */
  readonly read: (db: D1Database) => Promise<unknown>;
}

/** CPU of each page, by its path, for a desk that is empty. */
export async function emptyDeskCpu(
  world: World,
  headers: Readonly<Record<string, string>>,
  pages: Readonly<Record<string, MeasuredPage>>,
  count: number,
): Promise<ReadonlyMap<string, number | undefined>> {
  const cpu = new Map<string, number | undefined>();
  for (const path of [...Object.values(pages).map(({ path }) => path), ...Object.values(otherPages)]) {
    cpu.set(path, await cpuOf(count, () => world.get(world.url + path, { headers })));
  }
  return cpu;
}

/** Rows of the table for a desk that is filled. `empty`: what `emptyDeskCpu` has measured. */
export async function deskCpuRows(
  world: World,
  headers: Readonly<Record<string, string>>,
  pages: Readonly<Record<string, MeasuredPage>>,
  count: number,
  empty: ReadonlyMap<string, number | undefined>,
): Promise<string[]> {
  const ask = async (path: string) => {
    const { status, d1Calls } = await world.get(world.url + path, { headers });
    if (status !== 200) throw new Error(`${path} answers ${status}.`);
    return d1Calls;
  };
  const database = await world.database();
  const bare = await cpuOf(count, () => world.get(href.robots()));
  const one = await cpuOf(count, () => database.prepare("SELECT 1").all());
  // What a page costs that sends as many calls and neither finds nor shows anything.
  const leastOf = (calls: number) =>
    bare === undefined || one === undefined ? undefined : bare + calls * Math.max(0, one - bare);
  const rows: string[] = [];
  for (const [name, { path, read }] of Object.entries(pages)) {
    const whole = await cpuOf(count, () => ask(path));
    const queries = await cpuOf(count, () => read(batchReads(database)));
    const calls = await ask(path);
    const own = [printed(empty.get(path)), printed(whole), ratioOf(whole, empty.get(path)), calls];
    rows.push(`| ${[name, ...own, printed(leastOf(calls)), printed(queries)].join(" | ")} |`);
  }
  for (const [name, path] of Object.entries(otherPages)) {
    const whole = await cpuOf(count, () => ask(path));
    const calls = await ask(path);
    const own = [printed(empty.get(path)), printed(whole), ratioOf(whole, empty.get(path)), calls];
    rows.push(`| ${[name, ...own, printed(leastOf(calls))].join(" | ")} | |`);
  }
  return [
    ...rows,
    `| \`SELECT 1\` alone | | ${printed(one)} | | 1 | ${printed(leastOf(1))} | |`,
    `| robots.txt | | ${printed(bare)} | | 0 | ${printed(bare)} | |`,
  ];
}

/** Row of a subscription that is accepted: a new address, from another network each time. */
export async function subscribeCpuRow(count: number): Promise<string> {
  // With a port of its own, because the servers of worlds without one are kept for the next test.
  await using newsletter = await openNewsletterWorld({}, undefined, (options) =>
    openWorld(bookFolder("tea"), { ...options, port: 18_612 }),
  );
  const cpu = await cpuOf(count, async (index) => {
    const { status } = await newsletter.subscribe(`reader${index + 10}@example.com`);
    if (status >= 400) throw new Error(`Subscribing answers ${status}.`);
  });
  return `| A subscription | | ${printed(cpu)} | | | | |`;
}
