/** Serves the calendar and creates preview links. */
import { Hono } from "hono";
import * as v from "valibot";
import { signingKeys } from "../../env.ts";
import { type PreviewDays, signPreview } from "../../http/preview-links.ts";
import { href } from "../../routes.ts";
import type { DeskEnv } from "../desk-env.ts";
import { readDeskForm } from "../forms.ts";
import { Stale } from "../stale-page.tsx";
import { calendarAt, entriesIn } from "./calendar.ts";
import { CalendarPage, LinkPage, NoKeyPage } from "./calendar-page.tsx";

const Days = v.fallback(v.picklist(["1", "7", "30"]), "7");

export function calendarRoutes(): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>();

  routes.get(href.deskCalendar(), (context) => {
    const { catalogue, newsletterOpen } = context.var;
    const now = Date.now();
    const calendar = calendarAt(now, catalogue.manifest);
    return context.html(<CalendarPage page={context.var} {...{ calendar, newsletterOpen, now }} />);
  });

  routes.post(href.deskPreview(), async (context) => {
    const form = await readDeskForm(context);
    if (form.kind === "stale") return context.html(<Stale page={context.var} back={href.deskCalendar()} />, 403);
    const entry = entriesIn(context.var.catalogue.manifest).find((known) => known.id === form.field("chapter"));
    const days = Number(v.parse(Days, form.field("days"))) as PreviewDays;
    const link = entry && (await signPreview(signingKeys(context.env), entry, days, Date.now()));
    if (!entry || !link) return context.redirect(href.deskCalendar(), 303);
    const url = context.var.origin + href.preview(link.token);
    return context.html(<LinkPage page={context.var} entry={entry} url={url} until={link.until} />);
  });

  routes.get("/desk/previews/:book/:chapter/:look?", async (context, next) => {
    const { book, chapter, look } = context.req.param();
    const entry = entriesIn(context.var.catalogue.manifest).find((known) => known.id === `${book}/${chapter}`);
    if (!entry || (look !== undefined && look !== "mail")) return next();
    const link = await signPreview(signingKeys(context.env), entry, 1, Date.now());
    if (!link) return context.html(<NoKeyPage page={context.var} />, 409);
    return context.redirect(look === "mail" ? href.previewMail(link.token) : href.preview(link.token), 302);
  });
  return routes;
}
