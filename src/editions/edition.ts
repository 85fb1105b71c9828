/** Reads open editions, freezes their emails, and makes the members of their batches. */

import { type SQL, sql } from "drizzle-orm";
import { persist } from "../db/database.ts";
import { sha256, toHex } from "../library/hash.ts";
import { signPreferencesToken, unsubscribeToken } from "../subscribers/tokens.ts";
import { type Cost, composingWork, sum } from "./call-budget.ts";
import type { Audience, SendContext } from "./send-context.ts";
import { cutTemplate, templateKey, templateOf } from "./template.ts";

export interface Edition {
  readonly id: string;
  readonly audience: Audience;
  /** Identities, in order of publication. */
  readonly chapters: readonly string[];
  readonly openedAt: string;
  /** Id of the last subscriber that sealing has reached. */
  readonly cursor: string;
  readonly sealedAt: string | null;
  readonly mails: readonly Mail[];
}

/** A frozen email and the chapters in it. */
export interface Mail {
  readonly chapters: readonly string[];
  /** Hash of the template. */
  readonly template: string;
}

/** One recipient's email in a batch, with everything in it that is personal. */
export interface Member extends Mail {
  readonly subscriber: string;
  readonly to: string;
  readonly leave: string;
  readonly preferences: string;
}

export const batchSize = 100;

/** Editions being sent, the oldest first. */
export async function openEditions(context: SendContext): Promise<Edition[]> {
  const rows = await context.db.all<Omit<Edition, "chapters" | "mails"> & { chapters: string; mails: string }>(sql`
    SELECT id, audience, chapters, opened_at AS openedAt, cursor, sealed_at AS sealedAt, mails
    FROM editions WHERE state = 'sending' ORDER BY opened_at, id`);
  return rows.map((row) => ({
    ...row,
    chapters: JSON.parse(row.chapters) as string[],
    mails: JSON.parse(row.mails) as Mail[],
  }));
}

/** The frozen email with exactly these chapters, if there is one. */
export const knownMail = ({ mails }: Pick<Edition, "mails">, chapters: readonly string[]): Mail | undefined =>
  mails.find((mail) => mail.chapters.join() === chapters.join());

/** Upper bound for a new email: its object and images are read, stored in KV and kept, and so is the template. */
export const mailCost: Cost = { queries: 0, calls: 8, work: composingWork };

/** Composes the email and stores its template in KV. Undefined if a chapter is no longer public. */
export async function freezeMail(
  context: SendContext,
  edition: string,
  audience: Audience,
  chapters: readonly string[],
): Promise<Mail | undefined> {
  const message = await context.compose(edition, audience, chapters);
  if (!message) return undefined;
  // Only now: an email that cannot be composed must not use up the run's CPU budget.
  context.budget.spendWork(composingWork);
  const text = templateOf(message);
  const template = toHex(await sha256(text));
  if (!context.templates.has(template)) await context.kv.put(templateKey(template), text);
  context.templates.set(template, cutTemplate(text));
  return { chapters, template };
}

/** Upper bound for an email that is frozen after sealing: it is added to its edition. */
export const addedMailCost: Cost = sum(mailCost, { queries: 1, calls: 1 });

/** Adds an email that was frozen after sealing, so that the archive has it. Repeating it changes nothing. */
export const addMail = ({ db }: Pick<SendContext, "db">, edition: string, mail: Mail): Promise<unknown> =>
  persist(() =>
    db.run(sql`UPDATE editions SET mails = ${withKnownMails([mail])} WHERE id = ${edition}
      AND NOT EXISTS (SELECT 1 FROM json_each(mails) WHERE value = ${JSON.stringify(mail)})`),
  );

/** In an update of an edition: these emails, and those that another run has added since they were read. */
export const withKnownMails = (mails: readonly Mail[]): SQL => {
  const list = JSON.stringify(mails);
  return sql`(SELECT json_group_array(json(value)) FROM (SELECT value FROM json_each(${list})
    UNION ALL SELECT value FROM json_each(editions.mails) WHERE value NOT IN (SELECT value FROM json_each(${list}))))`;
};

export async function memberOf(
  context: SendContext,
  edition: Edition,
  candidate: { readonly id: string; readonly email: string; readonly unsubscribeKey: string },
  mail: Mail,
): Promise<Member> {
  return {
    ...mail,
    subscriber: candidate.id,
    to: candidate.email,
    leave: unsubscribeToken(candidate.id, candidate.unsubscribeKey),
    preferences: await signPreferencesToken(candidate.id, Date.parse(edition.openedAt), context.keys),
  };
}
