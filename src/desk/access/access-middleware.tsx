/** Authenticates every request for the desk, in any spelling of its path, before routing. */
import { createMiddleware } from "hono/factory";
import { noStore } from "../../http/cache-control.ts";
import { ErrorPage } from "../../ui/error-page.tsx";
import type { DeskEnv } from "../desk-env.ts";
import { isOfDesk } from "../desk-paths.ts";
import { formToken } from "../forms.ts";
import { createAccessCheck } from "./access.ts";

/** On every response of the desk, errors included. */
const deskHeaders = {
  "Cache-Control": noStore,
  "X-Robots-Tag": "noindex",
  // With `no-referrer`, browsers send `Origin: null` with the desk's own forms.
  "Referrer-Policy": "same-origin",
} as const;

/** Certificates are fetched at most once a minute, so an earlier retry gets the same response. */
const retryAfterSeconds = 60;

export function accessMiddleware() {
  const check = createAccessCheck();
  let lastReason: string | undefined;
  return createMiddleware<DeskEnv>(async (context, next) => {
    if (!isOfDesk(context.req.url)) return next();
    const { desk, errors } = context.var.words;
    const admission = await check(context);
    switch (admission.kind) {
      case "author":
        context.set("author", admission.author);
        context.set("formToken", await formToken(context));
        await next();
        break;
      case "disabled":
        // Logged only when the reason changes: scanners request every path.
        if (admission.reason !== lastReason) console.warn(admission.reason);
        lastReason = admission.reason;
        context.res = await context.html(
          <ErrorPage page={context.var} code="404" title={errors.notFound}>
            {desk.access.noPage}
          </ErrorPage>,
          404,
        );
        break;
      case "not logged in":
        context.res = await context.html(
          <ErrorPage page={context.var} code="403" title={desk.access.forAuthor}>
            {desk.access.signIn}
          </ErrorPage>,
          403,
        );
        break;
      case "unknown":
        console.error(`The desk cannot be opened. ${admission.error}`);
        context.res = await context.html(
          <ErrorPage page={context.var} code="503" title={desk.access.unverified}>
            {desk.access.tryAgain}
          </ErrorPage>,
          503,
          { "Retry-After": String(retryAfterSeconds) },
        );
    }
    for (const [name, value] of Object.entries(deskHeaders)) context.res.headers.set(name, value);
  });
}
