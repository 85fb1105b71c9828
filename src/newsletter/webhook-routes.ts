/**
 * Route of Resend's webhook. It is mounted before everything that forms need, and works as long as there are a secret and a
 * database, even while the newsletter is disabled. It responds 200 only once the event is in the database: Resend retries
 * after any other response.
 */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { openDatabase } from "../db/database.ts";
import { type Notice, recordWebhookEvent } from "../editions/webhook/record-webhook-event.ts";
import { parseEvent, type WebhookEvent } from "../editions/webhook/webhook-event.ts";
import { signingKeys } from "../env.ts";
import type { AppEnv } from "../http/app-env.ts";
import { webhookAnswers } from "../mail/webhook-answers.ts";
import { href } from "../routes.ts";
import { openNewsletter, storeEndingsLater } from "../subscribers/newsletter-context.ts";
import { sendAuthorNotice } from "../subscribers/transactional-mail.ts";
import { parseWebhookSecrets, verifyWebhook } from "./webhook-signature.ts";

/** An event has a few thousand bytes, but a bounce quotes whatever the other mail server said. */
const maxBytes = 1024 * 1024;

export function webhookRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.post(
    href.webhook(),
    bodyLimit({ maxSize: maxBytes, onError: (context) => context.text("Too large.\n", 413) }),
    async (context) => {
      const secrets = parseWebhookSecrets(context.env.RESEND_WEBHOOK_SECRET);
      if (secrets.kind === "missing") {
        console.error(
          "A webhook arrived, but RESEND_WEBHOOK_SECRET is not set. Copy the signing secret from the webhook's page in Resend, and set it with: npx wrangler secret put RESEND_WEBHOOK_SECRET. Resend will retry the event.",
        );
        return context.text("Not found.\n", 404);
      }
      if (secrets.kind === "wrong") {
        console.error(secrets.problem);
        return context.text(webhookAnswers.noSecret, 503);
      }
      const signed = verifyWebhook(await context.req.arrayBuffer(), context.req.raw.headers, secrets.webhooks);
      if (!signed) {
        console.warn(
          "A webhook was rejected. If Resend sent it, RESEND_WEBHOOK_SECRET does not match that webhook's signing secret.",
        );
        return context.text(webhookAnswers.rejected, 401);
      }
      return receive(context, parseEvent(signed.id, signed.text));
    },
  );
  routes.all(href.webhook(), (context) =>
    context.text(`${context.var.words.newsletter.webhook}\n`, 405, { Allow: "POST" }),
  );
  return routes;
}

async function receive(context: Context<AppEnv>, event: WebhookEvent): Promise<Response> {
  if (event.kind === "unreadable") {
    console.error(`A Resend webhook cannot be parsed: ${event.problem}. Resend will retry it for a day.`);
    return context.text("Invalid payload.\n", 400);
  }
  if (event.kind !== "uncounted") {
    const { words } = context.var;
    const ledger = { db: openDatabase(context.env.DB), keys: signingKeys(context.env), words, now: Date.now() };
    await tell(context, await recordWebhookEvent(ledger, event));
    if (mayEnd(event)) storeEndingsLater(context);
  }
  return context.text(webhookAnswers.accepted);
}

const mayEnd = (event: WebhookEvent): boolean =>
  event.kind === "suppression" || (event.kind === "mail" && event.suppression !== undefined);

/** Tells each once, though it be asked twice. */
async function tell(context: Context<AppEnv>, notices: readonly Notice[]): Promise<void> {
  const newsletter = notices.length > 0 ? openNewsletter(context) : undefined;
  for (const { id, title, body, at } of notices) {
    if (newsletter) await sendAuthorNotice(newsletter, title, body, `${id} ${at}`);
    else console.warn(`${title}: ${body}`);
  }
}
