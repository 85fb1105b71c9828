/**
 * Runs the parts of a cron trigger: queued transactional emails, editions, retention. Each catches its own errors, so none
 * delays another.
 */

import { openDatabase, withoutParameters } from "../db/database.ts";
import { CallBudget, type Cost, countCalls, countQueries, workOf } from "../editions/call-budget.ts";
import { fingerprintOf, recordRelease } from "../editions/chapters/record-release.ts";
import { findRelease } from "../editions/chapters/release-record.ts";
import { batchSize } from "../editions/edition.ts";
import { raiseTrouble, resolveTrouble } from "../editions/notices.ts";
import { runNewsletter } from "../editions/run.ts";
import type { RunContext } from "../editions/send-context.ts";
import { createComposer } from "../editions/sending/compose.ts";
import { forgetWebhookEvents } from "../editions/webhook/record-webhook-event.ts";
import type { Catalogue } from "../library/catalogue.ts";
import { createMailer } from "../mail/create-mailer.ts";
import type { Trouble } from "../mail/mailer.ts";
import type { NewsletterContext } from "../subscribers/newsletter-context.ts";
import { sendQueued } from "../subscribers/outbox.ts";
import { type RunClock, runClock } from "../subscribers/run-clock.ts";
import { type NewsletterSettings, newsletterState } from "../subscribers/settings.ts";
import { sendAuthorNotice } from "../subscribers/transactional-mail.ts";
import { wordsFor } from "../ui/words/words.ts";
import { deleteExpired } from "./retention.ts";

export interface CronJob {
  readonly bindings: { readonly DB: D1Database; readonly SHELF: KVNamespace; readonly ASSETS: Pick<Fetcher, "fetch"> };
  /** At the run's scheduled time. */
  readonly catalogue: Catalogue;
  readonly origin: string;
  /** In milliseconds since 1970. The run may start much later. */
  readonly scheduledTime: number;
  /** In milliseconds since 1970. */
  readonly realNow: () => number;
  readonly waitUntil: (work: Promise<unknown>) => void;
  /** Budget this invocation has already used for other work. */
  readonly spent?: Cost;
}

/** Limit of transactional emails per run, each of two queries and three calls: most of the budget is left for editions. */
const messagesPerRun = 4;

/** Reserved for the last part of a run, so that a large edition does not starve it. */
const retentionCost: Cost = { queries: 6, calls: 2 };

/** Shared by all parts of a run: every call through it is counted. */
interface Metered {
  readonly budget: CallBudget;
  readonly newsletter: NewsletterContext;
  readonly kv: Pick<KVNamespace, "get" | "put" | "list">;
  readonly assets: Pick<Fetcher, "fetch">;
}

/** Never throws: failures are logged and retried by the next run. */
export async function runCron(job: CronJob): Promise<void> {
  const clock = runClock(job.scheduledTime, job.realNow);
  const state = newsletterState(job.bindings);
  if (state.kind === "closed") {
    if (state.isPartlyConfigured) console.warn(`The newsletter is off: ${state.missing}`);
    // Chapters published before the newsletter is set up are history once it is.
    await attempt("The new publications could not be recorded", async () => {
      const { catalogue, origin } = job;
      const db = openDatabase(job.bindings.DB);
      const fingerprint = await fingerprintOf(catalogue);
      const release = await findRelease(db, fingerprint);
      await recordRelease({ db, kv: job.bindings.SHELF, catalogue, origin, fingerprint, release, now: clock.now() });
    });
    return;
  }
  const metered = meter(job, state.settings, clock);
  const { newsletter, budget } = metered;
  const context = runContextOf(job, metered, clock);
  const giveBack = budget.reserve(retentionCost);
  await attempt("Queued transactional emails could not be sent", async () => {
    const report = (trouble: Trouble) => raiseTrouble(context, trouble);
    const posted = await sendQueued({
      db: newsletter.db,
      mailer: newsletter.mailer,
      ...clock,
      limit: messagesPerRun,
      report,
    });
    if (posted > 0) await resolveTrouble(context);
  });
  await attempt("Editions could not be processed", () => runNewsletter(context, job.catalogue));
  giveBack();
  await attempt("Expired data could not be deleted", async () => {
    await forgetWebhookEvents(newsletter.db, clock.now());
    await deleteExpired(newsletter.db, clock.now());
  });
}

async function attempt(failure: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(`${failure}; the next run will retry.`, withoutParameters(error));
  }
}

function meter(
  { bindings, catalogue, origin, spent }: CronJob,
  settings: NewsletterSettings,
  { now }: RunClock,
): Metered {
  const budget = new CallBudget(settings.callsPerRun, workOf(Math.ceil(settings.mailsPerRun / batchSize)));
  if (spent) budget.reserve(spent);
  const mailer = countCalls(createMailer(bindings, settings), ["sendBatch"], budget);
  const db = openDatabase(countQueries(bindings.DB, budget));
  return {
    budget,
    newsletter: { db, settings, mailer, catalogue, words: wordsFor(catalogue.manifest.language), origin, now: now() },
    kv: countCalls(bindings.SHELF, ["get", "put", "list"], budget),
    assets: countCalls(bindings.ASSETS, ["fetch"], budget),
  };
}

function runContextOf(
  { origin, waitUntil }: CronJob,
  { budget, newsletter, kv, assets }: Metered,
  clock: RunClock,
): RunContext {
  const { settings } = newsletter;
  return {
    db: newsletter.db,
    budget,
    kv,
    templates: new Map(),
    mailer: newsletter.mailer,
    ...clock,
    keys: settings.keys,
    words: newsletter.words,
    mailsPerRun: settings.mailsPerRun,
    pace: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    origin,
    composer: (catalogue) =>
      createComposer({
        catalogue,
        origin,
        from: settings.from,
        postalAddress: settings.postalAddress,
        countClicks: settings.countClicks,
        sources: { kv, assets, waitUntil },
      }),
    tell: (title, body, occasion) => sendAuthorNotice(newsletter, title, body, occasion),
  };
}
