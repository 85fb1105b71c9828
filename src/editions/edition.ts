/** Editions as they are worked on: what one holds, the mails it has frozen, and one subscriber's copy. */

import { sql } from "drizzle-orm";
import { sha256, toHex } from "../library/hash.ts";
import { signPreferencesToken, unsubscribeToken } from "../subscribers/tokens.ts";
import { type Cost, composingWork } from "./call-budget.ts";
import type { Audience, SendContext } from "./send-context.ts";
import { cutTemplate, templateKey, templateOf } from "./template.ts";

export interface Edition {
  readonly id: string;
  readonly audience: Audience;
  /** Identities, in the order in which they became public. */
  readonly chapters: readonly string[];
  readonly openedAt: string;
  /** Id of the last subscriber who was looked at. */
  readonly cursor: string;
  readonly sealedAt: string | null;
  readonly mails: readonly Mail[];
}

/** A frozen mail, and the chapters it carries. */
export interface Mail {
  readonly chapters: readonly string[];
  /** Hash of the template. */
  readonly template: string;
}

/** One copy of a batch, with everything in it that is the subscriber's own. */
export interface Member extends Mail {
  readonly subscriber: string;
  readonly to: string;
  readonly leave: string;
  readonly preferences: string;
}

export const batchSize = 100;

/** Those being sent, the oldest first. */
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

/** The edition's mail with exactly these chapters, if it has been made. */
export const knownMail = ({ mails }: Pick<Edition, "mails">, chapters: readonly string[]): Mail | undefined =>
  mails.find((mail) => mail.chapters.join() === chapters.join());

/** Of a new mail, at most: its object and its pictures are read, shelved and kept, and the template is put away. */
export const mailCost: Cost = { queries: 0, calls: 8, work: composingWork };

/** Composes the mail and puts its template into KV. No mail when a chapter is not public any more. */
export async function freezeMail(
  context: SendContext,
  edition: string,
  audience: Audience,
  chapters: readonly string[],
): Promise<Mail | undefined> {
  const message = await context.compose(edition, audience, chapters);
  if (!message) return undefined;
  // Not before: an email that cannot be made leaves the work of the run to the others.
  context.budget.spendWork(composingWork);
  const text = templateOf(message);
  const template = toHex(await sha256(text));
  if (!context.templates.has(template)) await context.kv.put(templateKey(template), text);
  context.templates.set(template, cutTemplate(text));
  return { chapters, template };
}

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
