/** Measures emailing a chapter, from a hundred subscribers to a hundred thousand, for a section of results.md. */

import type { Order } from "../sections.ts";
import { type BodyCost, measureBodies } from "./batch-body.ts";
import { type Mailing, measureMailing, type RunLimits } from "./mailing.ts";

/** The default settings, for Workers Free; and what Workers Paid allows. */
const free: RunLimits = { mailsPerRun: 300, callsPerRun: 50 };
const paid: RunLimits = { mailsPerRun: 20_000, callsPerRun: 1000 };
const lists: readonly [subscribers: number, limits: RunLimits][] = [
  [100, free],
  [1000, free],
  [10_000, free],
  [100_000, paid],
];

export async function mailingSection({ isQuick, tell }: Order): Promise<string> {
  const rows: string[] = [];
  let template = "";
  for (const [subscribers, limits] of isQuick ? lists.slice(0, 2) : lists) {
    tell(`${subscribers} subscribers`);
    const mailing = await measureMailing(subscribers, limits);
    template = mailing.template;
    rows.push(mailingRow(mailing, limits));
  }
  tell("bodies");
  const bodies = await measureBodies(template, isQuick ? { rounds: 3, times: 10 } : { rounds: 9, times: 40 });
  return `## Mailing

A new chapter of this library, whole, to everybody on the list: cron runs in workerd with real D1 and KV, and a provider on this machine that takes each batch. A run is a tick of five minutes. What it may do are two settings: mails (\`MAILS_PER_RUN\`) and queries or subrequests (\`CALLS_PER_RUN\`), of which Workers Free allows 50 and Workers Paid 1,000. CPU is that of workerd with D1 and KV inside, more than a Worker is billed for. "At two a second" is what the provider's rate would allow a single run that never had to stop.

| subscribers | mails, calls a run | copies | runs | rows read a copy | rows written a copy | queries a run, at most | subrequests a run, at most | bytes a batch | CPU a batch | every five minutes | at two a second |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}

The body of a batch, CPU of workerd alone: filled for a hundred copies and encoded, which is plain JavaScript, and then posted to a provider on this machine. Before, it was joined as strings; now it is one block of bytes, copied from segments that are encoded once a run. Both in turns in one workerd, ${isQuick ? 3 : 9} rounds, medians, the least and greatest ratio of a round in brackets. Workers Free allows a run 10 ms of CPU. When \`MAILS_PER_RUN\` is left out, a run posts three batches, and one if it composes an email.

| of one batch | as strings, before | as bytes, now | ratio |
| --- | ---: | ---: | ---: |
${bodies ? [bodyRow("filled and encoded", bodies.filled), bodyRow("filled, encoded and posted", bodies.posted)].join("\n") : "| | n/a | n/a | n/a |"}`;
}

function bodyRow(what: string, { strings, bytes }: BodyCost): string {
  const ratios = bytes.map((cost, round) => cost / (strings[round] ?? Number.NaN));
  const [least, greatest] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2));
  const ms = (costs: readonly number[]) => `${median(costs).toFixed(1)} ms`;
  return `| ${what} | ${ms(strings)} | ${ms(bytes)} | ${median(ratios).toFixed(2)} (${least}–${greatest}) |`;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

function mailingRow(mailing: Mailing, { mailsPerRun, callsPerRun }: RunLimits): string {
  const { copies, batches, cpuMs } = mailing;
  const cells = [
    mailing.subscribers.toLocaleString("en"),
    `${mailsPerRun.toLocaleString("en")}, ${callsPerRun.toLocaleString("en")}`,
    copies.toLocaleString("en"),
    mailing.runs.toLocaleString("en"),
    (mailing.rowsRead / copies).toFixed(2),
    (mailing.rowsWritten / copies).toFixed(2),
    mailing.maxStatements,
    mailing.maxSubrequests,
    mailing.bytesPerBatch.toLocaleString("en"),
    cpuMs === undefined ? "n/a" : `${Math.round(cpuMs / batches)} ms`,
    `${((mailing.runs * 5) / 60).toFixed(1)} h`,
    `${(batches / 2 / 3600).toFixed(2)} h`,
  ];
  return `| ${cells.join(" | ")} |`;
}
