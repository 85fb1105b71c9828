/** Checks the running library by its database: migrations, cron trigger, webhook, open decisions. */
import * as v from "valibot";
import { compareText } from "../../publish/source/problem.ts";
import { moment } from "../editions/words.ts";
import { type Target, Unreachable } from "../explain-failure.ts";
import { readAppliedMigrations } from "../wrangler/applied-migrations.ts";
import type { Execute } from "../wrangler/d1-execute.ts";
import { type Finding, ok, unseen, warning, wrong } from "./finding.ts";

const Names = v.array(v.object({ name: v.string() }));
const Life = v.tuple([
  v.object({
    seenAt: v.nullable(v.string()),
    publications: v.number(),
    mailed: v.number(),
    webhookAt: v.nullable(v.string()),
    stopped: v.number(),
    held: v.number(),
    unclear: v.nullable(v.string()),
  }),
]);

/** The trigger fires every five minutes, and the newsletter records it every ten. */
const graceMs = 30 * 60_000;
const day = 86_400_000;

/** `migrations`: names of this project's migrations. `now` in milliseconds since 1970. */
export async function checkDatabase(
  execute: Execute,
  target: Target,
  migrations: readonly string[],
  now: number,
): Promise<Finding[]> {
  const wayOut = target === "remote" ? "`npm run deploy` applies them." : "`npm start` applies them.";
  try {
    const [tables] = await execute(["SELECT name FROM sqlite_schema WHERE name = 'd1_migrations'"]);
    if (v.parse(Names, tables).length === 0)
      return [wrong("Database", "exists, but migrations are not applied", wayOut)];
    const applied = await readAppliedMigrations(execute);
    const missing = migrations.filter((name) => !applied.includes(name)).sort(compareText);
    const unknown = applied.filter((name) => !migrations.includes(name)).sort(compareText);
    if (missing.length > 0) return [wrong("Database", `${missing.join(", ")} not applied`, wayOut)];
    return [
      ok("Database", `all ${migrations.length} migrations applied`),
      ...(unknown.length > 0
        ? [
            warning(
              "Migrations",
              `${unknown.join(", ")} not in this project`,
              "A newer version of the project migrated it: update this one.",
            ),
          ]
        : []),
      ...(await checkLife(execute, target, now)),
    ];
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return [wrong("Database", error.message.replaceAll("\n", " ").replace(/\.$/, ""), "Fix that first.")];
  }
}

async function checkLife(execute: Execute, target: Target, now: number): Promise<Finding[]> {
  const [rows] = await execute([
    `SELECT (SELECT seen_at FROM newsletter WHERE id = 1) AS seenAt, (SELECT COUNT(*) FROM publications) AS publications,
      (SELECT COUNT(*) FROM deliveries WHERE state IN ('accepted', 'delivered') AND changed_at < '${new Date(now - day).toISOString()}') AS mailed,
      (SELECT MAX(created_at) FROM webhook_events) AS webhookAt,
      (SELECT COUNT(*) FROM editions WHERE state = 'stopped') AS stopped,
      (SELECT COUNT(*) FROM newsletter WHERE hold_reason = 'restored') AS held,
      (SELECT group_concat(place, ', ') FROM (SELECT place FROM chapter_questions WHERE answer IS NULL ORDER BY place)) AS unclear`,
  ]);
  const life = v.parse(Life, rows)[0];
  const remote = target === "remote" ? " -- --remote" : "";
  return [checkCron(life, target, now), ...checkWebhook(life), ...checkDecisions(life, remote)];
}

type Life = v.InferOutput<typeof Life>[0];

function checkCron({ seenAt, publications }: Life, target: Target, now: number): Finding {
  if (seenAt === null && publications > 0) return ok("Cron runs", `${publications} chapters recorded as published`);
  if (seenAt === null)
    return warning(
      "Cron runs",
      "no run recorded yet",
      "It runs within five minutes of a deploy; on this machine, with `npm start`.",
    );
  const seen = `last seen ${moment(seenAt)}`;
  if (now - Date.parse(seenAt) <= graceMs) return ok("Cron runs", seen);
  if (target === "local") return unseen("Cron runs", `${seen}; on this machine only while \`npm start\` is open`);
  return wrong(
    "Cron runs",
    seen,
    "`npx wrangler tail` shows its output every five minutes; `npm run deploy` sets the trigger again.",
  );
}

function checkWebhook({ webhookAt, mailed }: Life): Finding[] {
  if (webhookAt !== null) return [ok("Webhook", `last event ${moment(webhookAt)}`)];
  if (mailed === 0) return [];
  return [
    warning(
      "Webhook",
      "emails were sent, but no webhook event has arrived",
      "Check the webhook in Resend: its URL, and that all email.* events are selected.",
    ),
  ];
}

/** Decisions that the author has to make. `remote`: the option that the command needs for the deployed library. */
function checkDecisions({ held, unclear, stopped }: Life, remote: string): Finding[] {
  const findings: Finding[] = [];
  if (held > 0)
    findings.push(
      warning(
        "Newsletter paused",
        "sending is paused after a restore",
        `\`npm run newsletter${remote}\` shows how to resume.`,
      ),
    );
  if (unclear !== null)
    findings.push(
      warning(
        "Chapters",
        `new, or moved? Not emailed until you decide: ${unclear}`,
        `\`npm run newsletter${remote}\` asks. An \`id\` in the front matter, and a deploy, also answers.`,
      ),
    );
  if (stopped > 0)
    findings.push(warning("Editions", `${stopped} stopped`, `\`npm run newsletter${remote}\` shows which, and why.`));
  return findings;
}
