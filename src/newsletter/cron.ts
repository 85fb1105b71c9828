/** What the cron trigger does: waiting letters, editions, and tidying up, each for itself, so that none holds up another. */

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
import { tidy } from "./retention.ts";

export interface CronJob {
  readonly bindings: { readonly DB: D1Database; readonly SHELF: KVNamespace; readonly ASSETS: Pick<Fetcher, "fetch"> };
  /** Of the moment that the run is for. */
  readonly catalogue: Catalogue;
  readonly origin: string;
  /** In milliseconds since 1970. The run may start much later. */
  readonly scheduledTime: number;
  /** In milliseconds since 1970. */
  readonly realNow: () => number;
  readonly waitUntil: (work: Promise<unknown>) => void;
  /** What this invocation has asked for already, for others. */
  readonly spent?: Cost;
}

/** Letters that a run posts at most, each of two queries and three calls: most of the budget is left for editions. */
const lettersPerRun = 4;

/** Of the last part of a run, which is not to go short when there is much mail. */
const retentionCost: Cost = { queries: 6, calls: 2 };

/** What all parts of a run work with: every call through it is counted. */
interface Metered {
  readonly budget: CallBudget;
  readonly desk: NewsletterContext;
  readonly kv: Pick<KVNamespace, "get" | "put" | "list">;
  readonly assets: Pick<Fetcher, "fetch">;
}

/** Never throws: what fails is logged, and tried again by the next run. */
export async function runCron(job: CronJob): Promise<void> {
  const clock = runClock(job.scheduledTime, job.realNow);
  const state = newsletterState(job.bindings);
  if (state.kind === "closed") {
    if (state.isPartlyConfigured) console.warn(`The newsletter is off: ${state.missing}`);
    // What becomes public meanwhile is history when the newsletter opens.
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
  const { desk, budget } = metered;
  const context = postRoomOf(job, metered, clock);
  const giveBack = budget.reserve(retentionCost);
  await attempt("Queued transactional emails could not be sent", async () => {
    const report = (trouble: Trouble) => raiseTrouble(context, trouble);
    const posted = await sendQueued({ db: desk.db, mailer: desk.mailer, ...clock, limit: lettersPerRun, report });
    if (posted > 0) await resolveTrouble(context);
  });
  await attempt("Editions could not be processed", () => runNewsletter(context, job.catalogue));
  giveBack();
  await attempt("Expired data could not be deleted", async () => {
    await forgetWebhookEvents(desk.db, clock.now());
    await tidy(desk.db, clock.now());
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
    desk: { db, settings, mailer, catalogue, words: wordsFor(catalogue.manifest.language), origin, now: now() },
    kv: countCalls(bindings.SHELF, ["get", "put", "list"], budget),
    assets: countCalls(bindings.ASSETS, ["fetch"], budget),
  };
}

function postRoomOf(
  { origin, waitUntil }: CronJob,
  { budget, desk, kv, assets }: Metered,
  clock: RunClock,
): RunContext {
  const { settings } = desk;
  return {
    db: desk.db,
    budget,
    kv,
    templates: new Map(),
    mailer: desk.mailer,
    ...clock,
    keys: settings.keys,
    words: desk.words,
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
    tell: (title, body, occasion) => sendAuthorNotice(desk, title, body, occasion),
  };
}
