/** Raises and resolves notices to the author: each is sent once and stays open until it is resolved. */
import { type SQL, sql } from "drizzle-orm";
import { iso, persist } from "../db/database.ts";
import type { Trouble } from "../mail/mailer.ts";
import type { Cost } from "./call-budget.ts";
import type { RunContext, SendContext } from "./send-context.ts";

/** A command as notices name it: with `--remote`, because notices are read away from the running library. */
export const authorCommand = (words: string): string => `\`npm run newsletter -- ${words} --remote\``;

/** For both ends that a stopped mailing can have. */
export const goOnCommands = (edition: string) => ({
  continue: authorCommand(`continue ${edition}`),
  skip: authorCommand(`skip ${edition}`),
});

export const noticeCost: Cost = { queries: 3, calls: 3 };

/**
 * Notifies the author unless the notice is already open. Sends first and records afterwards: a run that breaks off in
 * between sends it again, with the same idempotency key. A notice about something that stops an edition or makes a delivery
 * uncertain is raised before that is recorded, because no later run would raise it.
 */
export async function raiseNotice(
  context: Pick<RunContext, "db" | "now" | "tell">,
  id: string,
  title: string,
  body: string,
): Promise<void> {
  const [known] = await context.db.all<{ resolvedAt: string | null }>(
    sql`SELECT resolved_at AS resolvedAt FROM notices WHERE id = ${id}`,
  );
  if (known && known.resolvedAt === null) return;
  await context.tell(title, body, known ? `${id} ${known.resolvedAt}` : `${id} `);
  await persist(() =>
    context.db.run(sql`INSERT INTO notices (id, title, body, at) VALUES (${id}, ${title}, ${body}, ${iso(context.now())})
      ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body, at = excluded.at, resolved_at = NULL
      WHERE resolved_at IS ${known?.resolvedAt ?? null}`),
  );
}

/** True while the notice is open. A run that the author's decision has overtaken does not stop the edition again. */
export const isRaised = (id: string): SQL =>
  sql`EXISTS (SELECT 1 FROM notices WHERE id = ${id} AND resolved_at IS NULL)`;

/** Resolves notices about an edition that completed after all, because the problem passed before it stopped. */
export const resolveEnded = (now: number): SQL =>
  sql`UPDATE notices SET resolved_at = ${iso(now)} WHERE resolved_at IS NULL AND (id LIKE 'stopped %' OR id LIKE 'stuck %')
    AND EXISTS (SELECT 1 FROM editions WHERE editions.id = substr(notices.id, instr(notices.id, ' ') + 1) AND state = 'done')`;

/** A failure that lasts longer is not temporary. */
const graceMs = 3_600_000;

/** An edition that cannot be prepared is retried by every run, and reported once retries do not help. `since` in ISO 8601. */
export async function raiseStuck(context: RunContext, edition: string, since: string, error: unknown): Promise<void> {
  if (context.now() - Date.parse(since) <= graceMs) return;
  const message = error instanceof Error ? error.message : String(error);
  const { title, body } = context.words.notices.stuck;
  await raiseNotice(context, `stuck ${edition}`, title, body(edition, message.slice(0, 300)));
}

/** Raised once, whichever email meets the problem first. */
export function raiseTrouble(context: RunContext, trouble: Trouble): Promise<void> {
  const { quota, misconfigured } = context.words.notices;
  return trouble.kind === "quota"
    ? raiseNotice(context, `quota ${trouble.period}`, quota.title, quota.body(trouble.period, trouble.reason))
    : raiseNotice(context, "misconfigured", misconfigured.title, misconfigured.body(trouble.reason));
}

/** Resolves notices about sending, because an email was accepted; the next failure raises them again. */
export const resolveTrouble = ({ db, now }: Pick<SendContext, "db" | "now">): Promise<unknown> =>
  persist(() =>
    db.run(sql`UPDATE notices SET resolved_at = ${iso(now())}
      WHERE resolved_at IS NULL AND (id = 'misconfigured' OR (id IN ${quotas} AND ${noEditionIsSending}))`),
  );

const quotas = sql.raw("('quota day', 'quota month')");
/** An edition may exceed the quota day after day: one notice, until the last edition is sent. */
const noEditionIsSending = sql`NOT EXISTS (SELECT 1 FROM editions WHERE state = 'sending')`;

export const resolveMisconfiguration = (now: number): SQL =>
  sql`UPDATE notices SET resolved_at = ${iso(now)} WHERE id = 'misconfigured' AND resolved_at IS NULL`;

export const resolveQuota = (now: number): SQL =>
  sql`UPDATE notices SET resolved_at = ${iso(now)} WHERE id IN ${quotas} AND resolved_at IS NULL AND ${noEditionIsSending}`;
