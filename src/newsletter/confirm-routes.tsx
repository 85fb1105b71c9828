/** Routes of confirmation links: a page with a button, and what the button does. */
import { type Context, Hono } from "hono";
import { href, pattern } from "../routes.ts";
import { countConsequence, countRequest } from "../subscribers/limits.ts";
import { findLinkHolder } from "../subscribers/link-holder.ts";
import { afterAnswer, type NewsletterEnv, storeEndingsLater } from "../subscribers/newsletter-context.ts";
import { moveAddress } from "../subscribers/preferences.ts";
import { canResubscribe, type Subscriber } from "../subscribers/subscriber.ts";
import { confirmSubscriber, returnSubscriber } from "../subscribers/subscribing.ts";
import { leavingNumber, preferencesToken } from "../subscribers/transactional-mail.ts";
import { badLink, tooMany } from "./error-pages.tsx";
import { AddressMovedPage, ConfirmedPage, ConfirmPage, NewAddressPage } from "./pages.tsx";
import { ReturnedPage, ReturnPage } from "./unsubscribe-pages.tsx";

export function confirmRoutes(): Hono<NewsletterEnv> {
  const routes = new Hono<NewsletterEnv>();

  addConfirmation(routes);
  addNewAddress(routes);
  addReturn(routes);
  return routes;
}

function addConfirmation(routes: Hono<NewsletterEnv>): void {
  routes.get(pattern.confirm, async (context) => {
    const token = context.req.param("token");
    const subscriber = await findAsked(context, token);
    if (!subscriber) return badLink(context);
    if (subscriber.state === "confirmed") return confirmedPage(context, subscriber, false);
    return context.html(<ConfirmPage page={context.var} action={href.confirm(token)} />);
  });

  routes.post(pattern.confirm, async (context) => {
    const { newsletter } = context.var;
    const subscriber = await findAsked(context, context.req.param("token"));
    if (!subscriber) return badLink(context);
    const isNew = await confirmSubscriber(newsletter, subscriber);
    storeEndingsLater(context);
    // The welcome is already queued: it waits rather than being lost.
    afterAnswer(context, newsletter, async () => {
      if (isNew) await countConsequence(newsletter, {});
    });
    return confirmedPage(context, subscriber, isNew);
  });
}

function addNewAddress(routes: Hono<NewsletterEnv>): void {
  routes.get(pattern.newAddress, async (context) => {
    const token = context.req.param("token");
    const holder = await findLinkHolder(context.var.newsletter, token, "address");
    if (holder?.subscriber.state !== "confirmed" || holder.subscriber.newEmailRequest !== holder.detail) {
      return badLink(context);
    }
    if (holder.subscriber.newEmail === null) return movedPage(context, holder.subscriber);
    return context.html(<NewAddressPage page={context.var} action={href.newAddress(token)} />);
  });

  routes.post(pattern.newAddress, async (context) => {
    const { newsletter } = context.var;
    const holder = await findLinkHolder(newsletter, context.req.param("token"), "address");
    if (!holder || !(await moveAddress(newsletter, holder))) return badLink(context);
    return movedPage(context, holder.subscriber);
  });
}

function addReturn(routes: Hono<NewsletterEnv>): void {
  routes.get(pattern.resubscribe, async (context) => {
    const token = context.req.param("token");
    const holder = await findLinkHolder(context.var.newsletter, token, "return");
    const found = holder && mayReturn(holder.subscriber, holder.detail, context.var.newsletter.now);
    return found ? context.html(<ReturnPage page={context.var} token={token} />) : badLink(context);
  });

  routes.post(pattern.resubscribe, async (context) => {
    const { newsletter } = context.var;
    const holder = await findLinkHolder(newsletter, context.req.param("token"), "return");
    const gone = holder && mayReturn(holder.subscriber, holder.detail, newsletter.now);
    if (!gone) return badLink(context);
    // Unsubscribing and resubscribing can be repeated endlessly and leaves a record each time. It causes no email.
    const ip = context.req.header("cf-connecting-ip");
    const verdict = await countRequest(newsletter, { addresses: [gone.email], ip, emails: 0 });
    if (verdict.kind !== "within") return tooMany(context, verdict.retryAfterSeconds);
    const back = await returnSubscriber(newsletter, gone);
    if (!back) return badLink(context);
    storeEndingsLater(context);
    return context.html(
      <ReturnedPage page={context.var} preferences={href.preferences(await preferencesToken(newsletter, back))} />,
    );
  });
}

/**
 * The subscriber with that open request, or whose request it was until they confirmed. Never someone who has unsubscribed
 * since.
 */
async function findAsked(context: Context<NewsletterEnv>, token: string) {
  const holder = await findLinkHolder(context.var.newsletter, token, "confirm");
  if (!holder) return undefined;
  const { subscriber, detail } = holder;
  if (subscriber.state !== "pending" && subscriber.state !== "confirmed") return undefined;
  return subscriber.confirmation === detail ? subscriber : undefined;
}

/** A resubscribe link is valid for one unsubscribing. */
const mayReturn = (subscriber: Subscriber, detail: string, now: number) =>
  canResubscribe(subscriber, now) && leavingNumber(subscriber.unsubscribedAt) === detail ? subscriber : undefined;

async function confirmedPage(context: Context<NewsletterEnv>, subscriber: Subscriber, isNew: boolean) {
  const preferences = href.preferences(await preferencesToken(context.var.newsletter, subscriber));
  return context.html(<ConfirmedPage page={context.var} preferences={preferences} isNew={isNew} />);
}

async function movedPage(context: Context<NewsletterEnv>, subscriber: Subscriber) {
  const preferences = href.preferences(await preferencesToken(context.var.newsletter, subscriber));
  return context.html(<AddressMovedPage page={context.var} preferences={preferences} />);
}
