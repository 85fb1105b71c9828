/** The local inbox over HTTP. Where it is not open, none of these addresses exists. */
import { Hono } from "hono";
import { csrf } from "hono/csrf";
import * as v from "valibot";
import type { AppEnv } from "../http/app-env.ts";
import { noStore } from "../http/cache-control.ts";
import { contentSecurityPolicy } from "../http/security-headers.ts";
import { href } from "../routes.ts";
import { createInbox } from "./inbox.ts";
import { inboxIsOpen, isThisMachine } from "./inbox-is-open.ts";
import { InboxPage, inboxHref, type Look, looks, MailPage, views } from "./inbox-pages.tsx";
import { inboxCss } from "./inbox-style.ts";
import { darkQuery } from "./mail-style.ts";

/** A frame of its own pages, which no other page of the library may have. */
const pagePolicy = `${contentSecurityPolicy}; frame-src 'self'`;

/** What a mail may do here: less than in any mail program. Styles are on its elements and in its head. */
const mailPolicy = (look: Look): string =>
  [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `img-src ${look === "images-off" ? "'none'" : "'self'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    "sandbox allow-popups allow-popups-to-escape-sandbox",
  ].join("; ");

const View = v.fallback(v.picklist(views), "html");
const LookName = v.picklist(looks);

export function inboxRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>().basePath(href.inbox());
  routes.use("*", async (context, next) => {
    // A page elsewhere may have its own name lead to this machine; and no deployed library is asked for by these names.
    if (!inboxIsOpen(context.env) || !isThisMachine(context.req.url)) return context.notFound();
    context.header("Cache-Control", noStore);
    context.header("X-Robots-Tag", "noindex");
    context.header("Content-Security-Policy", pagePolicy);
    return next();
  });
  routes.use("*", csrf());

  routes.get("/", async (context) =>
    context.html(<InboxPage house={context.var} entries={await createInbox(context.env.SHELF).list()} />),
  );

  routes.get("/style.css", (context) => context.body(inboxCss, 200, { "Content-Type": "text/css; charset=utf-8" }));

  routes.post("/clear", async (context) => {
    await createInbox(context.env.SHELF).clear();
    return context.redirect(inboxHref.list(), 303);
  });

  routes.get("/mail/:id", async (context) => {
    const message = await createInbox(context.env.SHELF).get(context.req.param("id"));
    if (!message) return context.notFound();
    const view = v.parse(View, context.req.query("view"));
    return context.html(<MailPage house={context.var} message={message} view={view} />);
  });

  routes.get("/mail/:id/:look", async (context) => {
    const look = v.safeParse(LookName, context.req.param("look"));
    const message = look.success ? await createInbox(context.env.SHELF).get(context.req.param("id")) : undefined;
    if (!look.success || !message) return context.notFound();
    return context.html(asShown(message.html, look.output), 200, {
      "Content-Security-Policy": mailPolicy(look.output),
      // A sandboxed page may not ask for isolation; a browser would refuse to open it on its own.
      "Cross-Origin-Opener-Policy": "unsafe-none",
    });
  });
  return routes;
}

/** The mail with its dark colours always or never on, whatever this machine prefers; its links open beside it. */
const asShown = (html: string, look: Look): string =>
  html
    .replaceAll(darkQuery, look === "dark" ? "all" : "not all")
    .replace(/<head[^>]*>/i, (head) => `${head}<base target="_blank">`);
