/** Validates, limits and stores answers to "Was this clear?". */
import * as v from "valibot";
import { type Database, iso, persist } from "../db/database.ts";
import { feedback } from "../db/reading-tables.ts";
import type { SigningKey } from "../env.ts";
import { countInBuckets } from "../http/limits.ts";
import { networkOf, wideNetworkOf } from "../http/network.ts";
import { typedLine } from "../http/typed-text.ts";
import type { Catalogue, CatalogueEntry } from "../library/catalogue.ts";
import { pageOf } from "../library/counted-pages.ts";
import { maxWords } from "../ui/feedback-form.tsx";

/** Answers in 24 hours. A lecture hall may share one network. */
export const maxPerNetwork = 50;
/** Answers from one IPv6 provider, because anyone can use thousands of its networks for free. */
const maxPerWideNetwork = 200;
const maxInAll = 1000;

const Form = v.object({
  page: v.string(),
  clear: v.picklist(["yes", "no"]),
  words: v.optional(v.string(), ""),
  /** Honeypot, hidden from people. */
  website: v.optional(v.string(), ""),
});

export interface FeedbackAnswer {
  readonly kind: "said";
  readonly entry: CatalogueEntry;
  readonly clear: boolean;
  readonly words: string | null;
}

export type Feedback =
  | FeedbackAnswer
  /** Sent by a bot: it gets the same response, and nothing is stored. */
  | { readonly kind: "program"; readonly entry: CatalogueEntry }
  /** Without yes or no, or not about a public page. */
  | { readonly kind: "incomplete" };

export function parseFeedback(form: FormData, catalogue: Catalogue): Feedback {
  const fields = v.safeParse(Form, Object.fromEntries(form));
  const entry = fields.success ? catalogue.byPath.get(fields.output.page) : undefined;
  if (!fields.success || !entry) return { kind: "incomplete" };
  const { clear, words, website } = fields.output;
  if (website !== "") return { kind: "program", entry };
  return { kind: "said", entry, clear: clear === "yes", words: typedLine(words, maxWords) };
}

export type Kept = { readonly kind: "kept" } | { readonly kind: "too-many"; readonly retryAfterSeconds: number };

/** Checks the rate limits and stores the answer, in three statements. */
export async function storeFeedback(
  db: Database,
  keys: readonly SigningKey[],
  { entry, clear, words }: FeedbackAnswer,
  { ip, now, id }: { readonly ip: string | undefined; readonly now: number; readonly id: string },
): Promise<Kept> {
  const wide = wideNetworkOf(ip);
  const gates = [
    { what: "feedback-network", text: networkOf(ip), max: maxPerNetwork },
    ...(wide === undefined ? [] : [{ what: "feedback-wide-network", text: wide, max: maxPerWideNetwork }]),
    { what: "feedback", text: "", max: maxInAll },
  ];
  const { full } = await countInBuckets(db, keys, gates, now);
  const waits = full.map(({ retryAfterSeconds }) => retryAfterSeconds);
  if (waits.length > 0) return { kind: "too-many", retryAfterSeconds: Math.max(...waits) };
  const row = { id, page: pageOf(entry), at: iso(now), clear, words };
  await persist(() => db.insert(feedback).values(row).onConflictDoNothing().run());
  return { kind: "kept" };
}
