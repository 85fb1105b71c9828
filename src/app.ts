/** The library as one application: what every request meets first, then each room's routes, then what is left over. */
import { Hono } from "hono";
import { type Bindings, parseSettings } from "./env.ts";
import type { AppEnv } from "./http/app-env.ts";
import { PageMemory } from "./http/page-memory.ts";
import { rememberPages } from "./http/remember-pages.ts";
import { securityHeaders } from "./http/security-headers.ts";
import { type Catalogue, catalogueAt } from "./library/catalogue.ts";
import { parseManifest } from "./library/manifest.ts";
import { inboxRoutes } from "./mail/inbox-routes.tsx";
import { openDatabase } from "./newsletter/post-room.ts";
import { recordPublications } from "./newsletter/publications.ts";
import { newsletterRoutes } from "./newsletter/routes.tsx";
import { newsletterState } from "./newsletter/settings.ts";
import { canonicalPaths } from "./site/canonical-paths.ts";
import { errorPage, notFoundPage } from "./site/error-pages.tsx";
import { siteRoutes } from "./site/routes.tsx";

export function createApp(release: unknown): ExportedHandler<Bindings> {
  const manifest = parseManifest(release);
  const memory = new PageMemory();
  let catalogue: Catalogue | undefined;
  /** The catalogue of this moment: made anew only when a scheduled chapter has come due. */
  const currentCatalogue = (now: number, bindings: Bindings): Catalogue => {
    if (catalogue === undefined || now >= catalogue.validUntil) {
      memory.clear();
      catalogue = catalogueAt(now, manifest, parseSettings(bindings).showUnpublished);
      memory.expireAt(catalogue.validUntil);
    }
    return catalogue;
  };

  const app = new Hono<AppEnv>();
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(securityHeaders)) {
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
    }
  });
  app.use(async (context, next) => {
    context.set("origin", parseSettings(context.env).origin);
    context.set("catalogue", currentCatalogue(Date.now(), context.env));
    context.set("newsletterOpen", newsletterState(context.env).kind === "open");
    await next();
  });
  app.use(rememberPages(memory));
  app.use(canonicalPaths());
  app.route("/", inboxRoutes());
  app.route("/", newsletterRoutes());
  app.route("/", siteRoutes());
  app.notFound(notFoundPage);
  app.onError((error, context) => {
    console.error(error);
    return errorPage(error, context);
  });

  return {
    fetch: (request, bindings, context) => memory.recall(request, Date.now()) ?? app.fetch(request, bindings, context),
    async scheduled(controller, bindings) {
      const now = controller.scheduledTime;
      try {
        const recorded = await recordPublications(openDatabase(bindings.DB), catalogueAt(now, manifest), now);
        if (recorded.length > 0) console.log(`New in public: ${recorded.length}.`);
      } catch (error) {
        console.error("The new publications could not be recorded; the next run tries again.", error);
      }
    },
  };
}
