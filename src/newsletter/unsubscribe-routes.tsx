/**
 * Routes of unsubscribe links. They are valid indefinitely and need no signing key, cookie or Origin header: mailbox
 * providers send the request for their users (RFC 8058) and expect a plain 200.
 */
import { type Context, Hono } from "hono";
import { iso, openDatabase, persist } from "../db/database.ts";
import { signingKeys } from "../env.ts";
import type { AppEnv } from "../http/app-env.ts";
import { readForm, textOf } from "../http/read-form.ts";
import { sameSecret } from "../http/signing.ts";
import { href, pattern } from "../routes.ts";
import type { Consent } from "../subscribers/consents.ts";
import { personEnds } from "../subscribers/endings.ts";
import { countConsequence } from "../subscribers/limits.ts";
import {
  afterAnswer,
  type NewsletterContext,
  openNewsletter,
  storeEndingsLater,
} from "../subscribers/newsletter-context.ts";
import { cancelQueued } from "../subscribers/outbox.ts";
import { canResubscribe, type Subscriber, type Unsubscribed, unsubscribe } from "../subscribers/subscriber.ts";
import { findSubscriber, moveSubscriber, updateUnsubscribeReason } from "../subscribers/subscriber-queries.ts";
import { parseUnsubscribeToken } from "../subscribers/tokens.ts";
import { returnToken, sendGoodbye } from "../subscribers/transactional-mail.ts";
import { LeftPage, maxReason, NobodysLinkPage, UnsubscribePage } from "./unsubscribe-pages.tsx";

export function unsubscribeRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get(pattern.unsubscribe, async (context) => {
    const token = context.req.param("token");
    const subscriber = await findUnsubscribing(context, token);
    if (!subscriber) return badLink(context);
    return showPage(context, token, subscriber);
  });

  routes.post(pattern.unsubscribe, async (context) => {
    const token = context.req.param("token");
    const subscriber = await findUnsubscribing(context, token);
    if (!subscriber) return badLink(context);
    const isByPage = textOf(await readForm(context), "by") === "page";
    const left = await unsubscribeNow(context, subscriber, isByPage);
    if (left) storeEndingsLater(context);
    const newsletter = openNewsletter(context);
    // Someone who used the button of their email client wants no more emails, not even a confirmation.
    if (left && newsletter && isByPage && left.confirmedAt !== null) {
      afterAnswer(context, newsletter, () => sayGoodbye(newsletter, left));
    }
    return leftPage(context, token, left ?? (await findUnsubscribing(context, token)) ?? subscriber);
  });

  // The path of a form can also be opened directly.
  routes.get(pattern.unsubscribeReason, (context) => {
    const token = context.req.param("token");
    return parseUnsubscribeToken(token) ? context.redirect(href.unsubscribe(token), 302) : badLink(context);
  });

  routes.post(pattern.unsubscribeReason, async (context) => {
    const token = context.req.param("token");
    const subscriber = await findUnsubscribing(context, token);
    if (!subscriber) return badLink(context);
    // Someone who has resubscribed in the meantime has no reason to give.
    if (!hasLeft(subscriber)) return showPage(context, token, subscriber);
    const reason = textOf(await readForm(context), "why")
      .trim()
      .slice(0, maxReason);
    if (reason !== "") await updateUnsubscribeReason(openDatabase(context.env.DB), subscriber.id, reason);
    return leftPage(context, token, subscriber, true);
  });

  return routes;
}

const badLink = (context: Context<AppEnv>) =>
  context.html(<NobodysLinkPage page={context.var} isOpen={context.var.newsletterOpen} />, 404);

const hasLeft = ({ state }: Subscriber): boolean => state === "unsubscribed" || state === "suppressed";

const showPage = (context: Context<AppEnv>, token: string, subscriber: Subscriber) =>
  hasLeft(subscriber)
    ? leftPage(context, token, subscriber)
    : context.html(<UnsubscribePage page={context.var} token={token} address={subscriber.email} />);

async function findUnsubscribing(context: Context<AppEnv>, token: string): Promise<Subscriber | undefined> {
  const parsed = parseUnsubscribeToken(token);
  const subscriber = parsed && (await findSubscriber(openDatabase(context.env.DB), parsed.subscriber));
  return subscriber && (await sameSecret(subscriber.unsubscribeKey, parsed.unsubscribeKey)) ? subscriber : undefined;
}

/** The subscriber's new state; undefined if there was no subscription left to end. */
async function unsubscribeNow(
  { env, var: { words } }: Context<AppEnv>,
  subscriber: Subscriber,
  isByPage: boolean,
): Promise<Unsubscribed | undefined> {
  if (subscriber.state !== "confirmed" && subscriber.state !== "pending") return undefined;
  const now = iso(Date.now());
  const left = unsubscribe(subscriber, now);
  const consent: Consent = isByPage
    ? { act: "left", at: now, page: "/newsletter/leave", wording: words.unsubscribe.button }
    : { act: "left", at: now, page: "mail", wording: "List-Unsubscribe=One-Click" };
  const db = openDatabase(env.DB);
  const records = await personEnds(subscriber.id, "unsubscribed", now, signingKeys(env));
  if (!(await moveSubscriber(db, subscriber, left, consent, { records }))) return undefined;
  await persist(() => db.run(cancelQueued(subscriber.id)));
  return left;
}

/** Never refused, because it confirms a change. It is counted, so that endless resubscribing is limited. */
async function sayGoodbye(newsletter: NewsletterContext, left: Unsubscribed): Promise<void> {
  await sendGoodbye(newsletter, left);
  await countConsequence(newsletter, { address: left.email });
}

async function leftPage(context: Context<AppEnv>, token: string, subscriber: Subscriber, hasGivenReason = false) {
  const newsletter = openNewsletter(context);
  const resubscribe = newsletter && (await resubscribeToken(newsletter, subscriber));
  return context.html(
    <LeftPage page={context.var} token={token} resubscribe={resubscribe} hasGivenReason={hasGivenReason} />,
  );
}

const resubscribeToken = async (newsletter: NewsletterContext, subscriber: Subscriber): Promise<string | undefined> =>
  canResubscribe(subscriber, newsletter.now) ? returnToken(newsletter, subscriber) : undefined;
