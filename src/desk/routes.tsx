/** Mounts the desk's routes behind authentication and a check of the request's origin. */
import { Hono } from "hono";
import { catalogueIdentifier } from "../editions/chapters/identified-catalogue.ts";
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
import { messageRoutes } from "./messages/message-routes.tsx";
import { reportRoutes } from "./report-routes.tsx";

/** Must be mounted before the page cache and the redirects of other spellings. */
export function deskRoutes(): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>();
  routes.use("*", accessMiddleware());

  routes.use("*", (context, next) => {
    const isRead = ["GET", "HEAD"].includes(context.req.method);
    if (isRead || !isOfDesk(context.req.url)) return next();
    // Checked before all routes, so a form added later is protected without further code.
    if (context.req.method === "POST" && isFromDesk(context)) return next();
    return Promise.resolve(context.text(`${context.var.words.desk.forms.foreign}\n`, 403));
  });

  routes.route("/", calendarRoutes());
  // The calendar is mounted before this, because preview links use the release's own identities, as previews do.
  const identify = catalogueIdentifier();
  routes.route("/", reportRoutes(identify));
  routes.use("*", identifiedCatalogue(identify));
  routes.route("/", decisionRoutes());
  routes.route("/", feedbackRoutes());
  routes.route("/", messageRoutes());

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
