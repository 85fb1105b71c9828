/** The door of the desk: every request for something of it is asked who comes, before anything else happens. */
import { createMiddleware } from "hono/factory";
import { noStore } from "../http/cache-control.ts";
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";
import { createDoorkeeper } from "./access.ts";
import type { DeskEnv } from "./desk-env.ts";
import { isOfDesk } from "./desk-paths.ts";

/** On all answers of the desk, refusals and errors included. */
const deskHeaders = {
  "Cache-Control": noStore,
  "X-Robots-Tag": "noindex",
  // With `no-referrer` a browser says `Origin: null` of the desk's own forms.
  "Referrer-Policy": "same-origin",
} as const;

const retryAfterSeconds = 30;

export function deskDoor() {
  const admit = createDoorkeeper();
  let lastSaid: string | undefined;
  return createMiddleware<DeskEnv>(async (context, next) => {
    if (!isOfDesk(context.req.url)) return next();
    const admission = await admit(context);
    switch (admission.kind) {
      case "author":
        context.set("author", admission.author);
        await next();
        break;
      case "no desk":
        // Said once, and again when it is something else: strangers knock at every door.
        if (admission.why !== lastSaid) console.warn(admission.why);
        lastSaid = admission.why;
        context.res = await context.html(<Refusal house={context.var} code="404" title="Not on the shelf" />, 404);
        break;
      case "not logged in":
        context.res = await context.html(
          <Refusal house={context.var} code="403" title="The author's desk">
            Only the author comes in here, through Cloudflare Access. If that is you, log in anew, and check that the
            application covers this address.
          </Refusal>,
          403,
        );
        break;
      case "unknown":
        console.error(`The desk stays closed for now. ${admission.error}`);
        context.res = await context.html(
          <Refusal house={context.var} code="503" title="Nobody to ask">
            Cloudflare Access did not say just now whose login holds, so the desk stays closed. Please try again in half
            a minute.
          </Refusal>,
          503,
          { "Retry-After": String(retryAfterSeconds) },
        );
    }
    for (const [name, value] of Object.entries(deskHeaders)) context.res.headers.set(name, value);
  });
}

function Refusal(props: {
  readonly house: DeskEnv["Variables"];
  readonly code: string;
  readonly title: string;
  readonly children?: string;
}) {
  const { house, code, title, children = "There is no page at this address." } = props;
  return (
    <Document catalogue={house.catalogue} origin={house.origin} title={title} description={title}>
      <article class="reading error">
        <header class="text-header">
          <p class="kicker">
            <span class="kicker-number">{code}</span>
          </p>
          <h1>{title}</h1>
        </header>
        <div class="body">
          <p>{children}</p>
          <p>
            <a href={href.home()}>Back to the library</a>
          </p>
        </div>
      </article>
    </Document>
  );
}
