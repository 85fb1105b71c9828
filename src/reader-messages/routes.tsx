/** Serves the form for a message to the author. Mounted even without a signing key, which its pages need. */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { openDatabase } from "../db/database.ts";
import { signingKeys } from "../env.ts";
import type { AppEnv } from "../http/app-env.ts";
import { noStore } from "../http/cache-control.ts";
import { readForm, textOf } from "../http/read-form.ts";
import { isFromHere } from "../http/same-origin.ts";
import { isHuman, turnstilePolicy } from "../http/turnstile.ts";
import { href } from "../routes.ts";
import { afterAnswer, openNewsletter } from "../subscribers/newsletter-context.ts";
import { honeypot } from "../ui/subscribe-form.tsx";
import { type Draft, draftFrom, fragmentOf } from "./draft.ts";
import { MessagePage, type Refusal, SentPage, TooLargePage } from "./pages.tsx";
import { type Mistake, parseMessage } from "./parse-message.ts";
import { storeMessage } from "./store-message.ts";

/** 5,000 characters, each of which may take twelve bytes in a form. */
const maxBytes = 64 * 1024;

export function readerMessageRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.use(`${href.correct()}/*`, async (context, next) => {
    if (signingKeys(context.env).length === 0) return context.notFound();
    await next();
    context.header("Cache-Control", noStore);
    context.header("X-Robots-Tag", "noindex");
    // The query may contain a passage.
    context.header("Referrer-Policy", "same-origin");
    return undefined;
  });

  routes.get(href.correct(), (context) =>
    formPage(context, draftFrom(context.req.query(), context.var.catalogue, crypto.randomUUID())),
  );

  routes.get(href.messageSent(), (context) => {
    const { text = "", at = "" } = context.req.query();
    const entry = context.var.catalogue.byId.get(text);
    return context.html(<SentPage page={context.var} entry={entry} fragment={fragmentOf(at)} />);
  });

  const tooLarge = (context: Context<AppEnv>) => context.html(<TooLargePage page={context.var} />, 413);
  routes.post(href.correct(), bodyLimit({ maxSize: maxBytes, onError: tooLarge }), async (context) => {
    const form = await readForm(context);
    const submission = parseMessage(form, context.var.catalogue, crypto.randomUUID());
    const { draft } = submission;
    if (isFromHere(context.req.raw) === false) return formPage(context, draft, { refusal: "elsewhere" }, 403);
    const sent = href.messageSent(draft.entry?.id, draft.fragment);
    // A bot gets the same response as a reader.
    if (textOf(form, honeypot) !== "") return context.redirect(sent, 303);
    if (submission.kind === "mistake") return formPage(context, draft, { mistake: submission.mistake }, 422);
    const newsletter = openNewsletter(context);
    const ip = context.req.header("cf-connecting-ip");
    const turnstile = newsletter?.settings.turnstile;
    if (turnstile && !(await isHuman(turnstile.secret, textOf(form, "cf-turnstile-response"), ip))) {
      return formPage(context, draft, { refusal: "notChecked" }, 422);
    }
    const db = openDatabase(context.env.DB);
    const keys = signingKeys(context.env);
    const storing = { db, keys, ip, now: Date.now(), form: draft.form, newsletter };
    const stored = await storeMessage(submission.message, storing);
    if (stored.kind === "too-many") {
      context.header("Retry-After", String(stored.retryAfterSeconds));
      return formPage(context, draft, { refusal: "tooMany" }, 429);
    }
    // The queued email; if this fails, the next cron run sends it.
    if (newsletter) afterAnswer(context, newsletter, async () => {});
    return context.redirect(sent, 303);
  });
  return routes;
}

interface Problem {
  readonly mistake?: Mistake;
  readonly refusal?: Refusal;
}

/** With everything that was typed. */
function formPage(context: Context<AppEnv>, draft: Draft, problem: Problem = {}, status: 200 | 403 | 422 | 429 = 200) {
  const siteKey = openNewsletter(context)?.settings.turnstile?.siteKey;
  if (siteKey !== undefined) context.header("Content-Security-Policy", turnstilePolicy);
  return context.html(<MessagePage page={context.var} draft={draft} siteKey={siteKey} {...problem} />, status);
}
