/** What a run of the newsletter works with: everything that reaches outside is handed in, so that tests can break it. */
import type { Database } from "../db/database.ts";
import type { SigningKey } from "../env.ts";
import type { Catalogue } from "../library/catalogue.ts";
import type { Mailer, Message } from "../mail/mailer.ts";
import type { Words } from "../ui/words/words.ts";
import type { CallBudget } from "./call-budget.ts";
import type { Template } from "./template.ts";

/** Before a run has met the release it cannot tell which chapter is which. */
export interface RunContext {
  readonly db: Database;
  /** What this run may still ask of the platform. Whoever hands in database, store and mailer counts them here. */
  readonly budget: CallBudget;
  /** Templates, and the journal and the endings that outlive a database which is rolled back. */
  readonly kv: Pick<KVNamespace, "get" | "put" | "list">;
  /** Templates that this run has seen, by hash. */
  readonly templates: Map<string, Template>;
  readonly mailer: Mailer;
  /** The present, which goes on during a run: leases and the life of keys are measured by it (run-clock.ts). */
  readonly now: () => number;
  /** The real time, by which the first attempt at a batch is recorded. */
  readonly realNow: () => number;
  readonly keys: readonly SigningKey[];
  /** Wording of what the author is told. */
  readonly words: Words;
  /** Copies that one run sends at most. */
  readonly mailsPerRun: number;
  /** Waits between two calls of the provider, in milliseconds. */
  readonly pace: (ms: number) => Promise<void>;
  /** Scheme and host of the library. */
  readonly origin: string;
  /** `byId` of the catalogue has the chapters that can be emailed. */
  readonly composer: (catalogue: Catalogue) => SendContext["compose"];
  /** Says something to the author; a second time about the same occasion it does nothing. */
  readonly tell: (title: string, body: string, occasion: string) => Promise<void>;
}

export interface SendContext extends RunContext {
  /** Whether the chapter of that identity can be read now. */
  readonly isPublic: (chapter: string) => boolean;
  /** The mail for these chapters, with marks where copies differ. `undefined` when one of them is not public now. */
  readonly compose: (edition: string, audience: Audience, chapters: readonly string[]) => Promise<Message | undefined>;
}

export const withCatalogue = (context: RunContext, catalogue: Catalogue): SendContext => ({
  ...context,
  isPublic: (chapter) => catalogue.byId.has(chapter),
  compose: context.composer(catalogue),
});

export type Audience = "each" | "weekly" | "monthly";
