/** Serves the forms that archive and delete answers to "Was this clear?". */
import { type Context, Hono } from "hono";
import { openDatabase } from "../../db/database.ts";
import { href } from "../../routes.ts";
import type { DeskEnv } from "../desk-env.ts";
import { readDeskForm } from "../forms.ts";
import { Stale } from "../stale-page.tsx";
import { DeleteFeedbackPage } from "./delete-feedback-page.tsx";
import { archiveFeedback, deleteFeedback } from "./feedback-actions.ts";
import { findFeedback } from "./feedback-queries.ts";

export function feedbackRoutes(): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>();

  routes.post(href.deskFeedback(), async (context) => {
    const form = await readDeskForm(context);
    if (form.kind === "stale") return context.html(<Stale page={context.var} back={href.deskFeedback()} />, 403);
    await archiveFeedback(openDatabase(context.env.DB), form.field("id"), Date.now());
    return context.redirect(pageBefore(context) ?? href.deskFeedback(), 303);
  });

  // The confirmation is a separate page, which works without scripts.
  routes.get(href.deskDeleteFeedback(":id"), async (context, next) => {
    const answer = await findFeedback(openDatabase(context.env.DB), context.req.param("id") ?? "");
    if (!answer) return next();
    const back = pageBefore(context) ?? href.deskFeedback();
    return context.html(<DeleteFeedbackPage page={context.var} answer={answer} back={back} />);
  });

  routes.post(href.deskDeleteFeedback(":id"), async (context) => {
    const id = context.req.param("id") ?? "";
    const form = await readDeskForm(context);
    if (form.kind === "stale")
      return context.html(<Stale page={context.var} back={href.deskDeleteFeedback(id)} />, 403);
    await deleteFeedback(openDatabase(context.env.DB), id);
    return context.redirect(listIn(form.field("back")) ?? href.deskFeedback(), 303);
  });

  return routes;
}

/** Path of the page the form was sent from: the filtered list, or a chapter's page. */
function pageBefore({ req }: Context<DeskEnv>): string | undefined {
  const from = URL.parse(req.header("Referer") ?? "");
  return from?.host === new URL(req.url).host ? listIn(from.pathname + from.search) : undefined;
}

/** Accepts only pages that list answers: the path comes from the request and must not become an open redirect. */
const listIn = (path: string): string | undefined =>
  /^\/desk\/(?:$|feedback(?:$|\?)|reading\/[^/?]+\/)/.test(path) ? path : undefined;
