/** What the newsletter's pages work with, opened for each request from its settings. */
import type { Context } from "hono";
import { type Database, openDatabase, withoutParameters } from "../db/database.ts";
import type { AppEnv } from "../http/app-env.ts";
import type { Catalogue } from "../library/catalogue.ts";
import { createMailer } from "../mail/create-mailer.ts";
import type { Mailer } from "../mail/mailer.ts";
import type { Words } from "../ui/words/words.ts";
import { storeEndings } from "./endings.ts";
import { sendQueued } from "./outbox.ts";
import { type NewsletterSettings, newsletterState } from "./settings.ts";

export interface NewsletterContext {
  readonly db: Database;
  readonly settings: NewsletterSettings;
  readonly mailer: Mailer;
  /** Its name and language, and what is newest in it. */
  readonly catalogue: Catalogue;
  /** The interface's wording in that language. */
  readonly words: Words;
  readonly origin: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The handlers of pages that need an open newsletter. */
export interface NewsletterEnv {
  readonly Bindings: AppEnv["Bindings"];
  readonly Variables: AppEnv["Variables"] & { readonly desk: NewsletterContext };
}

/** Nothing while the newsletter is closed. */
export function openDesk(context: Context<AppEnv>): NewsletterContext | undefined {
  const state = newsletterState(context.env);
  if (state.kind === "closed") return undefined;
  const { settings } = state;
  return {
    db: openDatabase(context.env.DB),
    settings,
    mailer: createMailer(context.env, settings),
    catalogue: context.var.catalogue,
    words: context.var.words,
    origin: context.var.origin,
    now: Date.now(),
  };
}

/** Letters that one form can have written; those that waited may go along. */
const postedAtOnce = 4;

/** Does the work after the answer has gone, so that the answer says nothing about it, and posts what it wrote. */
export function afterAnswer(context: Context, desk: NewsletterContext, work: () => Promise<void>): void {
  const all = async () => {
    await work();
    await sendQueued({ db: desk.db, mailer: desk.mailer, now: Date.now, realNow: Date.now, limit: postedAtOnce });
  };
  context.executionCtx.waitUntil(
    all().catch((error: unknown) => console.error("Processing a form submission failed.", withoutParameters(error))),
  );
}

/** Puts what has just ended into KV, where it survives a rollback of the database. */
export function storeEndingsLater(context: Pick<Context<AppEnv>, "env" | "executionCtx">): void {
  const work = storeEndings({ db: openDatabase(context.env.DB), kv: context.env.SHELF }, Date.now());
  context.executionCtx.waitUntil(
    work.catch((error: unknown) =>
      console.error("A record could not be written to KV; the next cron run will retry.", withoutParameters(error)),
    ),
  );
}
