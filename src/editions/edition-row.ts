/** Describes the row of an edition: its chapters, audience, state and times. */
import { type SQL, sql } from "drizzle-orm";
import * as v from "valibot";
import { audiences, editionStates } from "../db/newsletter-tables.ts";

const Time = v.nullable(v.string());

export const EditionRow = v.object({
  id: v.string(),
  audience: v.picklist(audiences),
  /** Identities of chapters, `book/slug`. */
  chapters: v.pipe(
    v.string(),
    v.transform((json) => v.parse(v.array(v.string()), JSON.parse(json))),
  ),
  state: v.picklist(editionStates),
  openedAt: v.string(),
  doneAt: Time,
  stoppedAt: Time,
  stopReason: v.nullable(v.string()),
});
export type EditionRow = Readonly<v.InferOutput<typeof EditionRow>>;

/** Columns of `editions e` that `EditionRow` parses. */
export const editionColumns: SQL = sql`e.id, e.audience, e.chapters, e.state, e.opened_at AS openedAt, e.done_at AS doneAt,
  e.stopped_at AS stoppedAt, e.stop_reason AS stopReason`;
