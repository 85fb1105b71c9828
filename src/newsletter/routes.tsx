/**
 * The newsletter's pages and forms. Reading never changes anything, because programs open every link of a
 * mail; each change is a POST. Where a token names the subscriber it is the whole permission, so nothing
 * asks for an Origin header: a mail provider's own button sends none.
 */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../http/app-env.ts";
import { noStore } from "../http/cache-control.ts";
import { href } from "../routes.ts";
import { parseAddress } from "../subscribers/address.ts";
import { countRequest } from "../subscribers/limits.ts";
import { type NewsletterEnv, openDesk } from "../subscribers/newsletter-context.ts";
import { mailPreferencesLink, subscribe } from "../subscribers/subscribing.ts";
import { honeypot, subscribeWording } from "../ui/subscribe-form.tsx";
import { confirmRoutes } from "./confirm-routes.tsx";
import { errorPageOf } from "./error-pages.tsx";
import { afterVerdict } from "./form-work.ts";
import { CheckInboxPage, ClosedPage, FreshLinkPage, LinkSentPage, NewsletterPage, TooLargePage } from "./pages.tsx";
import { preferencesRoutes } from "./preferences-routes.tsx";
import { PromisePage } from "./promise-page.tsx";
import { readForm, textOf } from "./read-form.ts";
import { isHuman, turnstilePolicy } from "./turnstile.ts";
import { unsubscribeRoutes } from "./unsubscribe-routes.tsx";
import { webhookRoutes } from "./webhook-routes.ts";

/** A form of ours has a few hundred bytes. */
const maxBytes = 16 * 1024;

export function newsletterRoutes(): Hono<AppEnv> {
  const room = new Hono<AppEnv>();
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
  // Leaving works whatever else is closed.
  room.route("/", unsubscribeRoutes());
  room.use("/newsletter/*", onlyWhenOpen);
  room.route("/", formRoutes());
  room.route("/", confirmRoutes());
  room.route("/", preferencesRoutes());
  return room;
}

/** Nobody keeps these pages, lists them, or learns their addresses from a link on them. */
const keptPrivate = createMiddleware<AppEnv>(async (context, next) => {
  await next();
  context.header("Cache-Control", noStore);
  context.header("X-Robots-Tag", "noindex");
  context.header("Referrer-Policy", "no-referrer");
});

const onlyWhenOpen = createMiddleware<NewsletterEnv>(async (context, next) => {
  const desk = openDesk(context as unknown as Context<AppEnv>);
  if (!desk) return context.html(<ClosedPage page={context.var} />, 404);
  context.set("desk", desk);
  return next();
});

function formRoutes(): Hono<NewsletterEnv> {
  const forms = new Hono<NewsletterEnv>();

  forms.get(href.newsletter(), (context) => formPage(context, { page: href.newsletter() }));
  forms.get(href.promise(), (context) => context.html(<PromisePage page={context.var} />));
  forms.get(href.checkInbox(), (context) =>
    context.html(<CheckInboxPage page={context.var} from={context.var.desk.settings.from} />),
  );
  forms.get(href.linkSent(), (context) => context.html(<LinkSentPage page={context.var} />));
  forms.get(href.preferencesLink(), (context) => context.html(<FreshLinkPage page={context.var} />));

  // Where a form was sent, somebody may also look: the address bar says so after a mistyped address.
  forms.get(href.subscribe(), (context) => context.redirect(href.newsletter(), 302));

  forms.post(href.subscribe(), async (context) => {
    const { desk, words } = context.var;
    const form = await readForm(context);
    const email = textOf(form, "email");
    const page = pageOf(textOf(form, "page"));
    const address = parseAddress(email);
    if (!address) return formPage(context, { page, value: email, error: words.newsletter.notAnAddress }, 422);
    const ip = context.req.header("cf-connecting-ip");
    const { turnstile } = desk.settings;
    if (turnstile && !(await isHuman(turnstile.secret, textOf(form, "cf-turnstile-response"), ip))) {
      return formPage(context, { page, value: email, error: words.newsletter.notChecked }, 422);
    }
    // A program gets the answer of a reader. Nothing is emailed for it, so nothing is counted.
    if (textOf(form, honeypot) !== "") return context.redirect(href.checkInbox(), 303);
    const verdict = await countRequest(desk, { addresses: [address], ip });
    const refusal = errorPageOf(context, verdict);
    if (refusal) return refusal;
    afterVerdict(context, verdict, () => subscribe(desk, address, { page, wording: subscribeWording(words) }));
    return context.redirect(href.checkInbox(), 303);
  });

  forms.post(href.preferencesLink(), async (context) => {
    const { desk, words } = context.var;
    const email = textOf(await readForm(context), "email");
    const address = parseAddress(email);
    if (!address) {
      const page = <FreshLinkPage page={context.var} value={email} error={words.newsletter.notAnAddress} />;
      return context.html(page, 422);
    }
    const ip = context.req.header("cf-connecting-ip");
    const verdict = await countRequest(desk, { addresses: [address], ip });
    const refusal = errorPageOf(context, verdict);
    if (refusal) return refusal;
    afterVerdict(context, verdict, () => mailPreferencesLink(desk, address));
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
  const siteKey = context.var.desk.settings.turnstile?.siteKey;
  if (siteKey !== undefined) context.header("Content-Security-Policy", turnstilePolicy);
  return context.html(<NewsletterPage page={context.var} form={{ ...form, siteKey }} />, status);
}

/** Where the form stood: one of our paths, or the newsletter's own page. */
const pageOf = (path: string): string => (/^\/[a-z0-9/-]{0,200}$/.test(path) ? path : href.newsletter());
