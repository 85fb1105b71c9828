/** Lists what a report about an email changes: one email may carry several chapters, each with its own delivery. */
import { type SQL, sql } from "drizzle-orm";
import { iso } from "../../db/database.ts";
import type { Parts } from "../../ui/words/parts.ts";
import type { Words } from "../../ui/words/words.ts";
import { arrived, arrows, beginningsOf, contradictedBy } from "../delivery.ts";
import { authorCommand } from "../notices.ts";
import type { MailEvent } from "./webhook-event.ts";

export interface Effects {
  /** Raise notices and return them. They read the deliveries before these change. */
  readonly notices: readonly SQL[];
  readonly changes: readonly SQL[];
}

export type CopyOf = Extract<MailEvent["about"], { readonly kind: "copy" }>;

/** Ids of the notices that reports about an edition can raise. */
export const reportNotices = (edition: string): readonly [twice: string, unrecorded: string] => [
  `twice ${edition}`,
  `unrecorded ${edition}`,
];

/** `carried`: the chapters in the email, if its tags say so. */
export function copyEffects(
  { report, mail, reason, type }: MailEvent,
  { edition, subscriber }: CopyOf,
  carried: readonly string[] | undefined,
  { words, now }: { readonly words: Words; readonly now: number },
): Effects {
  const at = iso(now);
  const provider = mail ?? null;
  const [twice, unrecorded] = reportNotices(edition);
  const isArrival = report === "deliver" || report === "complain";
  const show = authorCommand(`show ${edition}`);
  const { notices } = words;

  // Through the edition to the key of `deliveries`: a few rows, however many subscribers there are.
  const rows = sql`editions e CROSS JOIN json_each(${carried ? JSON.stringify(carried) : sql`e.chapters`}) c
    CROSS JOIN deliveries d ON d.chapter_id = c.value AND d.subscriber_id = ${subscriber} AND d.edition_id = e.id
    WHERE e.id = ${edition}`;
  // A chapter that was skipped was not in the email, unless the email's tags say that it was.
  const isSkippedWhole = sql`(${carried ? 1 : 0} OR NOT EXISTS (SELECT 1 FROM json_each(e.chapters) oc
    CROSS JOIN deliveries o ON o.chapter_id = oc.value AND o.subscriber_id = d.subscriber_id AND o.edition_id = e.id
    WHERE o.state <> 'skipped'))`;

  const noted = sql`COALESCE(d.reason, ${notices.unrecorded.noReason})`;
  const raiseTwice = raise(
    { id: twice, title: notices.twice.title, at },
    joined(notices.twice.body(edition, subscriber, sql`d.provider_id`, String(mail), show)),
    sql`${rows} AND d.state IN ${arrived} AND d.provider_id <> ${provider}`,
  );
  const raiseUnrecorded = raise(
    { id: unrecorded, title: notices.unrecorded.title, at },
    joined(notices.unrecorded.body(edition, subscriber, type, sql`d.state`, noted, show)),
    sql`${rows} AND d.state IN ${contradictedBy(report)} AND (d.state <> 'skipped' OR ${isSkippedWhole})`,
  );
  return {
    notices: isArrival ? [raiseTwice, raiseUnrecorded] : [raiseUnrecorded],
    changes: [
      sql`UPDATE deliveries SET state = ${arrows[report].to}, reason = ${reason ?? null}, changed_at = ${at},
          provider_id = ${isArrival ? sql`COALESCE(${provider}, provider_id)` : sql`COALESCE(provider_id, ${provider})`}
        WHERE subscriber_id = ${subscriber} AND chapter_id IN (SELECT d.chapter_id FROM ${rows}
          AND (d.state IN ${beginningsOf(arrows[report])} OR (d.state = 'skipped' AND ${isSkippedWhole})))`,
      sql`UPDATE notices SET resolved_at = ${at} WHERE id = ${`uncertain ${edition}`} AND resolved_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM deliveries WHERE edition_id = ${edition} AND state = 'uncertain')`,
    ],
  };
}

/** A sentence as SQL: what is found in a row stands between its words. */
const joined = (parts: Parts<SQL>): SQL =>
  sql.join(
    parts.map((part) => (typeof part === "string" ? sql`${part}` : part)),
    sql` || `,
  );

/** Raised once until it is resolved. `body` and `rows` are SQL, so the notice can quote what the rows contain. */
const raise = (
  { id, title, at }: { readonly id: string; readonly title: string; readonly at: string },
  body: SQL,
  rows: SQL,
): SQL => sql`INSERT INTO notices (id, title, body, at) SELECT ${id}, ${title}, ${body}, ${at} FROM ${rows} LIMIT 1
  ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body, at = excluded.at, resolved_at = NULL
    WHERE resolved_at IS NOT NULL
  RETURNING id, title, body, at`;
