/**
 * `npm run bench`: measures serving, compiling, mailing, counting and lists, prints the tables, and writes them to
 * test/bench/results.md. `-- --quick` is short, `-- --only=mailing` measures one part (the parts are listed below),
 * `-- --only=304` one kind of answer; these only print.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { measureCounting, measureWriting, type Writing } from "./counting.ts";
import { generateLibrary } from "./generate-library.ts";
import { listsSection, measureLists } from "./lists.ts";
import { type Mailing, measureMailing, type RunLimits } from "./mailing.ts";
import { type Comparison, measureServing, type Sample } from "./serving.ts";

const isQuick = process.argv.includes("--quick");
const only = process.argv.find((argument) => argument.startsWith("--only="))?.slice(7);
/** The settings as they are left out, for Workers Free; and as Workers Paid allows them. */
const free: RunLimits = { mailsPerRun: 500, callsPerRun: 50 };
const paid: RunLimits = { mailsPerRun: 20_000, callsPerRun: 1000 };
const tell = (line: string) => console.error(`  ${line}`);
/** Beside serving, of which `only` names a kind of answer. */
const parts = ["compiling", "mailing", "counting", "lists"];
const isAsked = (part: string): boolean => !only || only === part;

console.error("Serving:");
const comparisons = parts.includes(only ?? "")
  ? []
  : await measureServing({ ...(isQuick ? { rounds: 2, seconds: 1 } : { rounds: 9, seconds: 3 }), only }, tell);
console.error("Compiling:");
const compilations = (!isAsked("compiling") ? [] : isQuick ? [23, 1000] : [23, 1000, 10_000]).map(measureCompilation);
console.error("Mailing:");
const mailings: string[] = [];
const lists: [subscribers: number, limits: RunLimits][] = [
  [100, free],
  [1000, free],
  [10_000, free],
  [100_000, paid],
];
for (const [subscribers, limits] of !isAsked("mailing") ? [] : isQuick ? lists.slice(0, 2) : lists) {
  tell(`${subscribers} subscribers`);
  mailings.push(mailingRow(await measureMailing(subscribers, limits), limits));
}
console.error("Counting:");
const isCounted = isAsked("counting");
const countings = isCounted
  ? await measureCounting(isQuick ? { rounds: 2, seconds: 1 } : { rounds: 9, seconds: 3 }, tell)
  : [];
const writings: Writing[] = [];
for (const [rate, isolates, seconds] of [
  [1, 1, 3600],
  [10, 1, 3600],
  [10, 8, 3600],
  [1000, 8, 360],
] as const) {
  if (isCounted) writings.push(await measureWriting(rate, isolates, isQuick ? seconds / 10 : seconds));
}
console.error("Lists:");
const listCosts = !isAsked("lists") ? [] : await measureLists(isQuick ? 1000 : 100_000);

const table = `# Measurements

\`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${availableParallelism()} cores, Node ${process.versions.node}, workerd in one process, the load from another. Times say something about this machine; the ratios are what counts.

## Serving

A chapter page and the feed of this library, beside a bare Worker that returns the same bytes as a constant string, and a 304 beside a bare empty one. All in one workerd, each on a socket of its own, in turns, asked with the headers of a browser, so that ours count; the median of ${comparisons[0]?.ours.length} rounds, the least and greatest in brackets. "Cold" empties the isolate's memory before every request: catalogue, one KV read, rendering, hashing.

| answer | bytes | requests a second | the bare Worker | ratio | CPU a request | the bare Worker |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${comparisons.map(servingRow).join("\n")}

## Compiling

Generated chapters of about 800 words, 36 formulas in the text, 4 displayed equations, a table and a listing, from nothing to a complete release; then again after one chapter has changed.

| chapters | from nothing | chapters a second | one changed | peak memory |
| ---: | ---: | ---: | ---: | ---: |
${compilations.join("\n")}

## Mailing

A new chapter of this library, whole, to everybody on the list: cron runs in workerd with real D1 and KV, and a provider on this machine that takes each batch. A run is a tick of five minutes. What it may do are two settings: mails (\`MAILS_PER_RUN\`) and queries or subrequests (\`CALLS_PER_RUN\`), of which Workers Free allows 50 and Workers Paid 1,000. CPU is that of workerd with D1 and KV inside, more than a Worker is billed for. "At two a second" is what the provider's rate would allow a single run that never had to stop.

| subscribers | mails, calls a run | copies | runs | rows read a copy | rows written a copy | queries a run, at most | subrequests a run, at most | bytes a batch | CPU a batch | every five minutes | at two a second |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${mailings.join("\n")}

## Counting

The same Worker with counting on and off, in turns; every request comes from another reader, so that each one is counted.

| answer | bytes | requests a second | counting off | ratio | CPU a request | counting off |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${countings.map(servingRow).join("\n")}

Rows that D1 writes, for views with a report of reading each: tallies in, tallies out, and the rows of the day, which are added up once an hour. The last line is six minutes of a flood; over an hour its days weigh less. Views in the database against views counted, as a check.

| views a second | isolates | views | statements | rows written | a thousand views | in the database |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${writings.map(writingRow).join("\n")}

${listsSection(listCosts)}`;
if (!isQuick && !only) writeFileSync(join(import.meta.dirname, "results.md"), table);
console.log(table);

function measureCompilation(count: number): string {
  tell(`${count} chapters`);
  const home = mkdtempSync(join(tmpdir(), "library-compile-"));
  try {
    generateLibrary(home, count);
    const output = execFileSync("node", [join(import.meta.dirname, "compile-once.ts"), home], { encoding: "utf8" });
    const { coldMs, changedMs, peakBytes } = JSON.parse(output) as Record<"coldMs" | "changedMs" | "peakBytes", number>;
    const cells = [
      count.toLocaleString("en"),
      `${(coldMs / 1000).toFixed(1)} s`,
      Math.round((1000 * count) / coldMs).toLocaleString("en"),
      `${(changedMs / 1000).toFixed(2)} s`,
      `${Math.round(peakBytes / 2 ** 20)} MB`,
    ];
    return `| ${cells.join(" | ")} |`;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function mailingRow(mailing: Mailing, { mailsPerRun, callsPerRun }: RunLimits): string {
  const { copies, batches, cpuMs } = mailing;
  const cells = [
    mailing.subscribers.toLocaleString("en"),
    `${mailsPerRun.toLocaleString("en")}, ${callsPerRun.toLocaleString("en")}`,
    copies.toLocaleString("en"),
    mailing.runs.toLocaleString("en"),
    (mailing.rowsRead / copies).toFixed(2),
    (mailing.rowsWritten / copies).toFixed(2),
    mailing.mostStatements,
    mailing.mostSubrequests,
    mailing.bytesPerBatch.toLocaleString("en"),
    cpuMs === undefined ? "n/a" : `${Math.round(cpuMs / batches)} ms`,
    `${((mailing.runs * 5) / 60).toFixed(1)} h`,
    `${(batches / 2 / 3600).toFixed(2)} h`,
  ];
  return `| ${cells.join(" | ")} |`;
}

function writingRow({ viewsPerSecond, isolates, views, statements, rowsWritten, counted }: Writing): string {
  const numbers = [viewsPerSecond, isolates, views, statements, rowsWritten].map((count) => count.toLocaleString("en"));
  return `| ${[...numbers, ((1000 * rowsWritten) / views).toFixed(1), `${(100 * counted).toFixed(1)} %`].join(" | ")} |`;
}

function servingRow({ name, bytes, ours, bare }: Comparison): string {
  const rate = (samples: readonly Sample[]) =>
    Math.round(median(samples.map((sample) => sample.requestsPerSecond))).toLocaleString("en");
  const cpu = (samples: readonly Sample[]) => {
    const known = samples.flatMap((sample) => sample.cpuMicroseconds ?? []);
    return known.length === 0 ? "n/a" : `${Math.round(median(known))} µs`;
  };
  const ratios = ours.map((sample, round) => sample.requestsPerSecond / (bare[round]?.requestsPerSecond ?? Number.NaN));
  const spread = `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`;
  return `| ${[name, bytes.toLocaleString("en"), rate(ours), rate(bare), spread, cpu(ours), cpu(bare)].join(" | ")} |`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] =
    sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : [sorted[middle - 1], sorted[middle]];
  return (low + high) / 2;
}
