/** What mailing a chapter costs, from a hundred subscribers to a hundred thousand, as a section of results.md. */
import { type Mailing, measureMailing, type RunLimits } from "./mailing.ts";
import type { Order } from "./sections.ts";

/** The settings as they are left out, for Workers Free; and as Workers Paid allows them. */
const free: RunLimits = { mailsPerRun: 500, callsPerRun: 50 };
const paid: RunLimits = { mailsPerRun: 20_000, callsPerRun: 1000 };
const lists: readonly [subscribers: number, limits: RunLimits][] = [
  [100, free],
  [1000, free],
  [10_000, free],
  [100_000, paid],
];

export async function mailingSection({ isQuick, tell }: Order): Promise<string> {
  const rows: string[] = [];
  for (const [subscribers, limits] of isQuick ? lists.slice(0, 2) : lists) {
    tell(`${subscribers} subscribers`);
    rows.push(mailingRow(await measureMailing(subscribers, limits), limits));
  }
  return `## Mailing

A new chapter of this library, whole, to everybody on the list: cron runs in workerd with real D1 and KV, and a provider on this machine that takes each batch. A run is a tick of five minutes. What it may do are two settings: mails (\`MAILS_PER_RUN\`) and queries or subrequests (\`CALLS_PER_RUN\`), of which Workers Free allows 50 and Workers Paid 1,000. CPU is that of workerd with D1 and KV inside, more than a Worker is billed for. "At two a second" is what the provider's rate would allow a single run that never had to stop.

| subscribers | mails, calls a run | copies | runs | rows read a copy | rows written a copy | queries a run, at most | subrequests a run, at most | bytes a batch | CPU a batch | every five minutes | at two a second |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}`;
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
