/** The author's pages over HTTP: behind the door, each at its own path, and nothing beside them. */
import { Hono } from "hono";
import { href } from "../routes.ts";
import { accessMiddleware } from "./access/access-middleware.tsx";
import { calendarRoutes } from "./calendar/calendar-routes.tsx";
import type { DeskEnv } from "./desk-env.ts";
import { DeskPage } from "./desk-page.tsx";
import { isOfDesk } from "./desk-paths.ts";
import { decisionRoutes } from "./editions/decision-routes.tsx";
import { feedbackRoutes } from "./feedback/feedback-routes.tsx";
import { isFromDesk } from "./forms.ts";
import { identifiedCatalogue } from "./identified-catalogue.ts";
import { reportRoutes } from "./report-routes.tsx";

/** Stands before everything that remembers pages or redirects spellings. */
export function deskRoutes(): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>();
  routes.use("*", accessMiddleware());

  routes.use("*", (context, next) => {
    const isRead = ["GET", "HEAD"].includes(context.req.method);
    if (isRead || !isOfDesk(context.req.url)) return next();
    // Before any part of the desk: a form added later is protected without asking.
    if (context.req.method === "POST" && isFromDesk(context)) return next();
    return Promise.resolve(context.text(`${context.var.words.desk.forms.foreign}\n`, 403));
  });

  routes.route("/", calendarRoutes());
  // Links to previews are by what the release alone says, as the previews are.
  routes.use("*", identifiedCatalogue());
  routes.route("/", decisionRoutes());
  routes.route("/", feedbackRoutes());
  routes.route("/", reportRoutes());

  routes.use("*", (context, next) => {
    if (!isOfDesk(context.req.url)) return next();
    const { desk, errors } = context.var.words;
    return Promise.resolve(
      context.html(
        <DeskPage page={context.var} title={errors.notFound}>
          <p>
            <a href={href.desk()}>{desk.frame.back}</a>
          </p>
        </DeskPage>,
        404,
      ),
    );
  });
  return routes;
}
