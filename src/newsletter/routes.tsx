/**
 * Routes of the newsletter's pages and forms. GET never changes anything, because scanners open every link in an email;
 * each change is a POST. A token in the path is the whole permission, so no `Origin` header is required: a mailbox
 * provider's own unsubscribe button sends none.
 */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../http/app-env.ts";
import { noStore } from "../http/cache-control.ts";
import { readForm, textOf } from "../http/read-form.ts";
import { isHuman, turnstilePolicy } from "../http/turnstile.ts";
import { href } from "../routes.ts";
import { parseAddress } from "../subscribers/address.ts";
import { countRequest } from "../subscribers/limits.ts";
import { type NewsletterEnv, openNewsletter } from "../subscribers/newsletter-context.ts";
import { mailPreferencesLink, subscribe } from "../subscribers/subscribing.ts";
import { honeypot, subscribeWording } from "../ui/subscribe-form.tsx";
import { archiveRoutes } from "./archive-routes.tsx";
import { confirmRoutes } from "./confirm-routes.tsx";
import { errorPageOf } from "./error-pages.tsx";
import { afterVerdict } from "./form-work.ts";
import { CheckInboxPage, ClosedPage, FreshLinkPage, LinkSentPage, NewsletterPage, TooLargePage } from "./pages.tsx";
import { preferencesRoutes } from "./preferences-routes.tsx";
import { PromisePage } from "./promise-page.tsx";
import { unsubscribeRoutes } from "./unsubscribe-routes.tsx";
import { webhookRoutes } from "./webhook-routes.ts";

/** Our forms have a few hundred bytes. */
const maxBytes = 16 * 1024;

export function newsletterRoutes(): Hono<AppEnv> {
  const room = new Hono<AppEnv>();
  room.route("/", archiveRoutes());
  room.use("/newsletter/*", keptPrivate);
  room.route("/", webhookRoutes());
  room.use(
    "/newsletter/*",
    bodyLimit({
      maxSize: maxBytes,
      onError: (context: Context<AppEnv>) => context.html(<TooLargePage page={context.var} />, 413),
    }),
  );
  room.get("/newsletter", (context) => context.redirect(href.newsletter(), 301));
  // Unsubscribing works even if everything else is disabled.
  room.route("/", unsubscribeRoutes());
  room.use("/newsletter/*", onlyWhenOpen);
  room.route("/", formRoutes());
  room.route("/", confirmRoutes());
  room.route("/", preferencesRoutes());
  return room;
}

/** These pages are not cached, not indexed, and send no referrer. */
const keptPrivate = createMiddleware<AppEnv>(async (context, next) => {
  await next();
  context.header("Cache-Control", noStore);
  context.header("X-Robots-Tag", "noindex");
  context.header("Referrer-Policy", "no-referrer");
});

const onlyWhenOpen = createMiddleware<NewsletterEnv>(async (context, next) => {
  const newsletter = openNewsletter(context as unknown as Context<AppEnv>);
  if (!newsletter) return context.html(<ClosedPage page={context.var} />, 404);
  context.set("newsletter", newsletter);
  return next();
});

function formRoutes(): Hono<NewsletterEnv> {
  const forms = new Hono<NewsletterEnv>();

  forms.get(href.newsletter(), (context) => formPage(context, { page: href.newsletter() }));
  forms.get(href.promise(), (context) => context.html(<PromisePage page={context.var} />));
  forms.get(href.checkInbox(), (context) =>
    context.html(<CheckInboxPage page={context.var} from={context.var.newsletter.settings.from} />),
  );
  forms.get(href.linkSent(), (context) => context.html(<LinkSentPage page={context.var} />));
  forms.get(href.preferencesLink(), (context) => context.html(<FreshLinkPage page={context.var} />));

  // The path of a form can also be opened directly, for example after a mistyped address.
  forms.get(href.subscribe(), (context) => context.redirect(href.newsletter(), 302));

  forms.post(href.subscribe(), async (context) => {
    const { newsletter, words } = context.var;
    const form = await readForm(context);
    const email = textOf(form, "email");
    const page = pageOf(textOf(form, "page"));
    const address = parseAddress(email);
    if (!address) return formPage(context, { page, value: email, error: words.newsletter.notAnAddress }, 422);
    const ip = context.req.header("cf-connecting-ip");
    const { turnstile } = newsletter.settings;
    if (turnstile && !(await isHuman(turnstile.secret, textOf(form, "cf-turnstile-response"), ip))) {
      return formPage(context, { page, value: email, error: words.newsletter.notChecked }, 422);
    }
    // A bot gets the same response as a reader. Nothing is emailed, so nothing is counted.
    if (textOf(form, honeypot) !== "") return context.redirect(href.checkInbox(), 303);
    const verdict = await countRequest(newsletter, { addresses: [address], ip });
    const refusal = errorPageOf(context, verdict);
    if (refusal) return refusal;
    afterVerdict(context, verdict, () => subscribe(newsletter, address, { page, wording: subscribeWording(words) }));
    return context.redirect(href.checkInbox(), 303);
  });

  forms.post(href.preferencesLink(), async (context) => {
    const { newsletter, words } = context.var;
    const email = textOf(await readForm(context), "email");
    const address = parseAddress(email);
    if (!address) {
      const page = <FreshLinkPage page={context.var} value={email} error={words.newsletter.notAnAddress} />;
      return context.html(page, 422);
    }
    const ip = context.req.header("cf-connecting-ip");
    const verdict = await countRequest(newsletter, { addresses: [address], ip });
    const refusal = errorPageOf(context, verdict);
    if (refusal) return refusal;
    afterVerdict(context, verdict, () => mailPreferencesLink(newsletter, address));
    return context.redirect(href.linkSent(), 303);
  });

  return forms;
}

interface FormState {
  readonly page: string;
  readonly value?: string | undefined;
  readonly error?: string | undefined;
}

function formPage(context: Context<NewsletterEnv>, form: FormState, status: 200 | 422 = 200) {
  const siteKey = context.var.newsletter.settings.turnstile?.siteKey;
  if (siteKey !== undefined) context.header("Content-Security-Policy", turnstilePolicy);
  return context.html(<NewsletterPage page={context.var} form={{ ...form, siteKey }} />, status);
}

/** The page with the form: one of our paths, or the newsletter page. */
const pageOf = (path: string): string => (/^\/[a-z0-9/-]{0,200}$/.test(path) ? path : href.newsletter());
