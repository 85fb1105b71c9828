/** Defines the context of the newsletter's pages, opened for each request from the settings. */
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
  readonly catalogue: Catalogue;
  /** The interface's wording in that language. */
  readonly words: Words;
  readonly origin: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Hono environment of pages that need an enabled newsletter. */
export interface NewsletterEnv {
  readonly Bindings: AppEnv["Bindings"];
  readonly Variables: AppEnv["Variables"] & { readonly newsletter: NewsletterContext };
}

/** Undefined while the newsletter is not set up. */
export function openNewsletter(context: Context<AppEnv>): NewsletterContext | undefined {
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

/** Emails that one form can queue; others that are waiting may be sent along. */
const sentAtOnce = 4;

/** Does the work after the response was sent, so that the response reveals nothing about it, and sends what was queued. */
export function afterAnswer(context: Context, newsletter: NewsletterContext, work: () => Promise<void>): void {
  const all = async () => {
    await work();
    await sendQueued({
      db: newsletter.db,
      mailer: newsletter.mailer,
      now: Date.now,
      realNow: Date.now,
      limit: sentAtOnce,
    });
  };
  context.executionCtx.waitUntil(
    all().catch((error: unknown) => console.error("Processing a form submission failed.", withoutParameters(error))),
  );
}

/** Copies new endings to KV, where they survive a database rollback. */
export function storeEndingsLater(context: Pick<Context<AppEnv>, "env" | "executionCtx">): void {
  const work = storeEndings({ db: openDatabase(context.env.DB), kv: context.env.SHELF }, Date.now());
  context.executionCtx.waitUntil(
    work.catch((error: unknown) =>
      console.error("A record could not be written to KV; the next cron run will retry.", withoutParameters(error)),
    ),
  );
}
