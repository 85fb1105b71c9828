/** Serves the local inbox. If it is not open, each of its URLs is a 404. */
import { Hono } from "hono";
import { csrf } from "hono/csrf";
import * as v from "valibot";
import type { AppEnv } from "../http/app-env.ts";
import { noStore } from "../http/cache-control.ts";
import { href } from "../routes.ts";
import { createInbox } from "./inbox.ts";
import { inboxIsOpen, isThisMachine } from "./inbox-is-open.ts";
import { InboxPage, inboxHref, looks, MailPage, views } from "./inbox-pages.tsx";
import { inboxCss } from "./inbox-style.ts";
import { mailPolicy, pagePolicy, shownMail } from "./shown-mail.ts";

const View = v.fallback(v.picklist(views), "html");
const LookName = v.picklist(looks);

export function inboxRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>().basePath(href.inbox());
  routes.use("*", async (context, next) => {
    // DNS rebinding: a foreign page may resolve its own name to this machine. A deployed library never has these hosts.
    if (!inboxIsOpen(context.env) || !isThisMachine(context.req.url)) return context.notFound();
    context.header("Cache-Control", noStore);
    context.header("X-Robots-Tag", "noindex");
    context.header("Content-Security-Policy", pagePolicy);
    return next();
  });
  routes.use("*", csrf());

  routes.get("/", async (context) =>
    context.html(<InboxPage page={context.var} entries={await createInbox(context.env.SHELF).list()} />),
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
    return context.html(<MailPage page={context.var} message={message} view={view} />);
  });

  routes.get("/mail/:id/:look", async (context) => {
    const look = v.safeParse(LookName, context.req.param("look"));
    const message = look.success ? await createInbox(context.env.SHELF).get(context.req.param("id")) : undefined;
    if (!look.success || !message) return context.notFound();
    return context.html(shownMail(message.html, look.output), 200, {
      "Content-Security-Policy": mailPolicy(look.output),
      // A sandboxed document must not request isolation: browsers would refuse to open it on its own.
      "Cross-Origin-Opener-Policy": "unsafe-none",
    });
  });
  return routes;
}
