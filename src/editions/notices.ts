/** What the author should know: raised once, kept until it is settled. */
import { type SQL, sql } from "drizzle-orm";
import { iso, persist } from "../db/database.ts";
import type { Trouble } from "../mail/mailer.ts";
import type { Cost } from "./call-budget.ts";
import type { RunContext, SendContext } from "./send-context.ts";

/** How the author answers, as notices say it: they are read far from the running library, so they mean that one. */
export const authorCommand = (words: string): string => `\`npm run newsletter -- ${words} --remote\``;

/** For both ends that a stopped mailing can have. */
export const goOnCommands = (edition: string) => ({
  continue: authorCommand(`continue ${edition}`),
  skip: authorCommand(`skip ${edition}`),
});

export const noticeCost: Cost = { queries: 3, calls: 3 };

/**
 * Tells the author, unless the same thing was told before and is not settled yet. Told first and written down
 * then: a run that breaks off in between tells it again, about the same occasion. What stops a mailing, or ends
 * a copy without certainty, is raised before that is written down: afterwards nobody would come back to it.
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

/** Whether the author knows of it. A run that was overtaken by their answer does not stop a mailing again. */
export const isRaised = (id: string): SQL =>
  sql`EXISTS (SELECT 1 FROM notices WHERE id = ${id} AND resolved_at IS NULL)`;

/** A mailing that came to its end after all, because its trouble passed before it was stopped. */
export const resolveEnded = (now: number): SQL =>
  sql`UPDATE notices SET resolved_at = ${iso(now)} WHERE resolved_at IS NULL AND (id LIKE 'stopped %' OR id LIKE 'stuck %')
    AND EXISTS (SELECT 1 FROM editions WHERE editions.id = substr(notices.id, instr(notices.id, ' ') + 1) AND state = 'done')`;

/** What fails for longer than this is no passing trouble. */
const graceMs = 3_600_000;

/** A mailing that cannot be prepared is tried again at every run, and told of when that does not help. `since` in ISO 8601. */
export async function raiseStuck(context: RunContext, edition: string, since: string, error: unknown): Promise<void> {
  if (context.now() - Date.parse(since) <= graceMs) return;
  const message = error instanceof Error ? error.message : String(error);
  const { title, body } = context.words.notices.stuck;
  await raiseNotice(context, `stuck ${edition}`, title, body(edition, message.slice(0, 300)));
}

/** Told once, from whichever mail it is noticed. */
export function raiseTrouble(context: RunContext, trouble: Trouble): Promise<void> {
  const { quota, misconfigured } = context.words.notices;
  return trouble.kind === "quota"
    ? raiseNotice(context, `quota ${trouble.period}`, quota.title, quota.body(trouble.period, trouble.reason))
    : raiseNotice(context, "misconfigured", misconfigured.title, misconfigured.body(trouble.reason));
}

/** Mail goes out again; the next time it does not, the author is told again. */
export const resolveTrouble = ({ db, now }: Pick<SendContext, "db" | "now">): Promise<unknown> =>
  persist(() =>
    db.run(sql`UPDATE notices SET resolved_at = ${iso(now())}
      WHERE resolved_at IS NULL AND (id = 'misconfigured' OR (id IN ${quotas} AND ${noEditionIsSending}))`),
  );

const quotas = sql.raw("('quota day', 'quota month')");
/** A mailing may meet its quota day after day: it is told once, until the last mailing is out. */
const noEditionIsSending = sql`NOT EXISTS (SELECT 1 FROM editions WHERE state = 'sending')`;

export const resolveMisconfiguration = (now: number): SQL =>
  sql`UPDATE notices SET resolved_at = ${iso(now)} WHERE id = 'misconfigured' AND resolved_at IS NULL`;

export const resolveQuota = (now: number): SQL =>
  sql`UPDATE notices SET resolved_at = ${iso(now)} WHERE id IN ${quotas} AND resolved_at IS NULL AND ${noEditionIsSending}`;
