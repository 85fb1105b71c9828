/** Routes of the preferences page. The link is the permission; it was sent by email. */
import { type Context, Hono } from "hono";
import { readForm } from "../http/read-form.ts";
import { href, pattern } from "../routes.ts";
import { parseAddress } from "../subscribers/address.ts";
import { countRequest } from "../subscribers/limits.ts";
import { findLinkHolder } from "../subscribers/link-holder.ts";
import { type NewsletterEnv, storeEndingsLater } from "../subscribers/newsletter-context.ts";
import { collectOwnData, eraseSubscriber } from "../subscribers/own-data.ts";
import { type Act, askForNewAddress, chosenBooks, parseAct, parsePauseEnd } from "../subscribers/preferences.ts";
import type { Subscriber } from "../subscribers/subscriber.ts";
import { endPause, updatePause, updatePreferences } from "../subscribers/subscriber-queries.ts";
import { unsubscribeToken } from "../subscribers/tokens.ts";
import { badLink } from "./error-pages.tsx";
import { afterVerdict } from "./form-work.ts";
import { ErasedPage, isPreferenceNote, type PreferenceNote, PreferencesPage } from "./preferences-page.tsx";

export function preferencesRoutes(): Hono<NewsletterEnv> {
  const routes = new Hono<NewsletterEnv>();

  routes.get(pattern.preferences, async (context) => {
    const token = context.req.param("token");
    const holder = await findLinkHolder(context.var.newsletter, token, "preferences");
    if (!holder) return badLink(context);
    const { subscriber } = holder;
    const note = context.req.query("done");
    return context.html(
      <PreferencesPage
        page={context.var}
        subscriber={subscriber}
        token={token}
        leave={unsubscribeToken(subscriber.id, subscriber.unsubscribeKey)}
        note={isPreferenceNote(context.var.words, note) ? note : undefined}
        now={context.var.newsletter.now}
      />,
    );
  });

  routes.get(pattern.ownData, async (context) => {
    const { newsletter } = context.var;
    const holder = await findLinkHolder(newsletter, context.req.param("token"), "preferences");
    const data = holder && (await collectOwnData(newsletter.db, holder.subscriber.id));
    if (!data) return badLink(context);
    return context.body(`${JSON.stringify(data, null, 2)}\n`, 200, {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": 'attachment; filename="my-subscription.json"',
    });
  });

  routes.post(pattern.preferences, async (context) => {
    const { newsletter } = context.var;
    const token = context.req.param("token");
    const holder = await findLinkHolder(newsletter, token, "preferences");
    if (!holder) return badLink(context);
    const act = parseAct(await readForm(context));
    if (!act) return context.redirect(href.preferences(token), 303);
    if (act.act === "erase" && act.sure === "yes") {
      await eraseSubscriber(newsletter.db, holder.subscriber, newsletter.settings.keys, newsletter.now);
      storeEndingsLater(context);
      return context.html(<ErasedPage page={context.var} />);
    }
    const note = await perform(context, holder.subscriber, act);
    return context.redirect(`${href.preferences(token)}?done=${note}`, 303);
  });

  return routes;
}

/** Performs what a form asks for, and returns the note to show. */
async function perform(context: Context<NewsletterEnv>, subscriber: Subscriber, act: Act): Promise<PreferenceNote> {
  const { newsletter, catalogue } = context.var;
  switch (act.act) {
    case "save": {
      const books = act.which === "all" ? null : chosenBooks(catalogue.books, act.books);
      if (books === undefined) return "no-book";
      const corrections = act.corrections === "yes";
      await updatePreferences(
        newsletter.db,
        subscriber,
        { frequency: act.frequency, books, corrections },
        newsletter.now,
      );
      return "saved";
    }
    case "pause": {
      const end = parsePauseEnd(act.until, newsletter.now);
      if (end === undefined) return "no-day";
      await updatePause(newsletter.db, subscriber.id, end);
      return "paused";
    }
    case "resume":
      await endPause(newsletter.db, subscriber.id, newsletter.now);
      return "resumed";
    case "address":
      return changeAddress(context, subscriber, act.email);
    case "erase":
      return "not-erased";
  }
}

async function changeAddress(
  context: Context<NewsletterEnv>,
  subscriber: Subscriber,
  email: string,
): Promise<PreferenceNote> {
  const { newsletter } = context.var;
  const address = parseAddress(email);
  if (!address || subscriber.state !== "confirmed") return "no-address";
  const ip = context.req.header("cf-connecting-ip");
  // The present address gets a notice, so it counts as emailed, too.
  const addresses = [subscriber.email, address];
  const verdict = await countRequest(newsletter, { addresses, ip });
  switch (verdict.kind) {
    case "too-many":
    case "share-used":
      return verdict.kind;
    case "mailbox-full":
      return verdict.address === subscriber.email ? "too-many" : "address";
    case "within":
      afterVerdict(context, verdict, () => askForNewAddress(newsletter, subscriber, address));
      return "address";
  }
}
