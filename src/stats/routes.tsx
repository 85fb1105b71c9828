/** Receives reading reports and feedback, and serves the page about what is measured. */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { openDatabase } from "../db/database.ts";
import { signingKeys } from "../env.ts";
import type { AppEnv } from "../http/app-env.ts";
import { noStore, revalidate } from "../http/cache-control.ts";
import { readForm } from "../http/read-form.ts";
import { isFromHere } from "../http/same-origin.ts";
import { pageIds } from "../library/page-ids.ts";
import { href } from "../routes.ts";
import { CountingPage } from "./counting-page.tsx";
import { parseFeedback, storeFeedback } from "./feedback.ts";
import { FeedbackRefusedPage } from "./feedback-pages.tsx";
import type { ReadingCounter } from "./reading-counter.ts";
import { parseReport } from "./reading-report.ts";

/** A report has a hundred bytes, an answer a few hundred. */
const maxReportBytes = 500;
const maxFormBytes = 8 * 1024;

export function statsRoutes(counter: ReadingCounter): Hono<AppEnv> {
  const room = new Hono<AppEnv>();

  room.get(href.counting(), (context) => {
    const { newsletterOpen, feedbackOpen } = context.var;
    context.header("Cache-Control", revalidate);
    const countsClicks = context.env.COUNT_MAIL_CLICKS === "yes";
    return context.html(<CountingPage {...{ page: context.var, newsletterOpen, feedbackOpen, countsClicks }} />);
  });

  const nothing = (context: Context) => context.body(null, 204, { "Cache-Control": noStore });

  // Every request gets the same response: the script ignores it, and a forger learns nothing.
  room.post(href.reading(), bodyLimit({ maxSize: maxReportBytes, onError: nothing }), async (context) => {
    const request = context.req.raw;
    const report = isFromHere(request) ? parseReport(await request.text()) : undefined;
    if (report) {
      const { env: bindings, executionCtx } = context;
      counter.countReport(request, report, { catalogue: context.var.catalogue, bindings, context: executionCtx });
    }
    return nothing(context);
  });

  const tooLarge = (context: Context<AppEnv>) =>
    context.html(<FeedbackRefusedPage page={context.var} reason="tooLarge" />, 413, { "Cache-Control": noStore });

  room.post(href.feedback(), bodyLimit({ maxSize: maxFormBytes, onError: tooLarge }), async (context) => {
    context.header("Cache-Control", noStore);
    const keys = signingKeys(context.env);
    const { catalogue } = context.var;
    const request = context.req.raw;
    if (keys.length === 0) return context.notFound();
    const refuse = (reason: "elsewhere" | "incomplete") =>
      context.html(<FeedbackRefusedPage page={context.var} reason={reason} />, reason === "elsewhere" ? 403 : 422);
    if (isFromHere(request) === false) return refuse("elsewhere");
    const answer = parseFeedback(await readForm(context), catalogue);
    if (answer.kind === "incomplete") return refuse("incomplete");
    const back = `${answer.entry.path}#${pageIds.thanks}`;
    if (answer.kind === "program") return context.redirect(back, 303);
    const db = openDatabase(context.env.DB);
    const ip = context.req.header("cf-connecting-ip");
    const kept = await storeFeedback(db, keys, answer, { ip, now: Date.now(), id: crypto.randomUUID() });
    if (kept.kind === "kept") return context.redirect(back, 303);
    context.header("Retry-After", String(kept.retryAfterSeconds));
    return context.html(<FeedbackRefusedPage page={context.var} reason="tooMany" />, 429);
  });

  // The address bar shows this URL after a rejected answer, so it may be requested with GET.
  room.get(href.feedback(), (context) => context.redirect(href.home(), 302));

  return room;
}
