/** Dependencies of one send run. All I/O is injected, so tests can make each call fail. */
import type { Database } from "../db/database.ts";
import type { audiences } from "../db/newsletter-tables.ts";
import type { SigningKey } from "../env.ts";
import type { Catalogue } from "../library/catalogue.ts";
import { correctionsIn } from "../library/corrections.ts";
import type { Mailer, Message } from "../mail/mailer.ts";
import type { Words } from "../ui/words/words.ts";
import type { CallBudget } from "./call-budget.ts";
import type { Template } from "./template.ts";

/** Before the release is recorded, a run cannot tell which chapter is which. */
export interface RunContext {
  readonly db: Database;
  /** The remaining budget. Whoever injects database, store and mailer wraps them so that their calls count. */
  readonly budget: CallBudget;
  /** Templates, the claim watermark, and the endings that survive a database rollback. */
  readonly kv: Pick<KVNamespace, "get" | "put" | "list">;
  /** Templates this run has read, by hash. */
  readonly templates: Map<string, Template>;
  readonly mailer: Mailer;
  /** The current time, which advances during a run: leases and key lifetimes are measured by it (run-clock.ts). */
  readonly now: () => number;
  /** The real time, used for the first attempt at a batch. */
  readonly realNow: () => number;
  readonly keys: readonly SigningKey[];
  /** Wording of what the author is told. */
  readonly words: Words;
  /** Limit of emails per run. */
  readonly mailsPerRun: number;
  /** Waits between two calls of Resend, in milliseconds. */
  readonly pace: (ms: number) => Promise<void>;
  /** Scheme and host of the library. */
  readonly origin: string;
  /** `byId` of the catalogue has the chapters that may be emailed. */
  readonly composer: (catalogue: Catalogue) => SendContext["compose"];
  /** Notifies the author; repeating it with the same `occasion` has no effect. */
  readonly tell: (title: string, body: string, occasion: string) => Promise<void>;
}

export interface SendContext extends RunContext {
  /** True if the chapter with that identity, or the correction with that id, is public now. */
  readonly isPublic: (chapter: string) => boolean;
  /** The email for these chapters or corrections, with marks where it is personal. `undefined` if one of them is not public now. */
  readonly compose: (edition: string, audience: Audience, chapters: readonly string[]) => Promise<Message | undefined>;
}

export function withCatalogue(context: RunContext, catalogue: Catalogue): SendContext {
  const corrections = correctionsIn(catalogue);
  return {
    ...context,
    isPublic: (id) => catalogue.byId.has(id) || corrections.has(id),
    compose: context.composer(catalogue),
  };
}

export type Audience = (typeof audiences)[number];
/** What a paused subscriber misses, a later digest includes; other editions have no next one. */
export const isDigest = (audience: Audience): audience is "weekly" | "monthly" =>
  audience === "weekly" || audience === "monthly";
