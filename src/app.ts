/** Assembles the Worker: the middleware for every request, the routes of each folder, and the cron run. */
import { type Context, Hono, type Next } from "hono";
import { withoutParameters } from "./db/database.ts";
import { deskRoutes } from "./desk/routes.tsx";
import { type Bindings, indexNowKey, parseSettings, signingKeys } from "./env.ts";
import type { AppEnv } from "./http/app-env.ts";
import { cachePages } from "./http/cache-pages.ts";
import { PageCache } from "./http/page-cache.ts";
import { rejectLongPath } from "./http/request-length.ts";
import { securityHeaders } from "./http/security-headers.ts";
import { type Catalogue, catalogueAt } from "./library/catalogue.ts";
import { type Manifest, trustManifest } from "./library/manifest.ts";
import { noteRelease } from "./library/releases.ts";
import { inboxRoutes } from "./mail/inbox-routes.tsx";
import { pictureRoutes } from "./mail/picture-routes.ts";
import { runCron } from "./newsletter/cron.ts";
import { previewMailRoutes } from "./newsletter/preview-routes.tsx";
import { newsletterRoutes } from "./newsletter/routes.tsx";
import { pingRoutes } from "./pings/routes.ts";
import { runPings } from "./pings/run-pings.ts";
import { deleteExpiredMessages } from "./reader-messages/delete-expired.ts";
import { readerMessageRoutes } from "./reader-messages/routes.tsx";
import { isAddress } from "./site/addresses.ts";
import { canonicalPaths } from "./site/canonical-paths.ts";
import { errorPage, notFoundPage } from "./site/error-pages.tsx";
import { previewRoutes } from "./site/preview-routes.tsx";
import { siteRoutes } from "./site/routes.tsx";
import { runHourly } from "./stats/hourly.ts";
import { ReadingCounter } from "./stats/reading-counter.ts";
import { statsRoutes } from "./stats/routes.tsx";
import { SearchCounter } from "./stats/search-counter.ts";
import { newsletterState } from "./subscribers/settings.ts";
import { wordsFor } from "./ui/words/words.ts";

/** `counter` counts the isolate's readers, `memory` is its page cache. */
export function createApp(
  release: unknown,
  counter = new ReadingCounter(),
  memory = new PageCache(),
): ExportedHandler<Bindings> {
  const manifest = trustManifest(release);
  let catalogue: Catalogue | undefined;
  /** The current catalogue, computed again only when a scheduled chapter has become public. */
  const currentCatalogue = (now: number, bindings: Bindings): Catalogue => {
    if (catalogue === undefined || now >= catalogue.validUntil) {
      memory.clear();
      catalogue = catalogueAt(now, manifest, parseSettings(bindings).showUnpublished);
      memory.expireAt(catalogue.validUntil);
    }
    return catalogue;
  };

  const app = new Hono<AppEnv>();
  app.use(setSecurityHeaders);
  app.use((context, next) => setVariables(context, next, currentCatalogue(Date.now(), context.env)));
  app.route("/", deskRoutes());
  app.route("/", previewRoutes());
  app.route("/", previewMailRoutes());
  app.route("/", pictureRoutes());
  app.use(cachePages(memory, isAddress));
  app.use(canonicalPaths());
  app.route("/", inboxRoutes());
  app.route("/", newsletterRoutes()).route("/", readerMessageRoutes());
  app.route("/", statsRoutes(counter)).route("/", pingRoutes());
  const searches = new SearchCounter(counter.gate);
  app.route(
    "/",
    siteRoutes(({ req, env: bindings, executionCtx: context }, words) =>
      searches.count(req.raw, words, { bindings, context }),
    ),
  );
  app.notFound(notFoundPage);
  app.onError((error, context) => {
    console.error(withoutParameters(error));
    return errorPage(error, context);
  });

  const answer = async (request: Request, bindings: Bindings, context: ExecutionContext): Promise<Response> => {
    const response = await app.fetch(request, bindings, context);
    if (catalogue) counter.countView(request, response.status, { catalogue, bindings, context });
    return response;
  };

  return {
    fetch(request, bindings, context) {
      const rejected = rejectLongPath(request, wordsFor(manifest.language));
      if (rejected) return rejected;
      const kept = memory.recall(request, Date.now());
      if (!kept || !catalogue) return answer(request, bindings, context);
      counter.countView(request, kept.status, { catalogue, bindings, context });
      return kept;
    },
    scheduled: (controller, bindings, context) => runScheduled(controller, bindings, context, manifest),
  };
}

async function setSecurityHeaders(context: Context<AppEnv>, next: Next): Promise<void> {
  await next();
  for (const [name, value] of Object.entries(securityHeaders)) {
    if (!context.res.headers.has(name)) context.res.headers.set(name, value);
  }
}

function setVariables(context: Context<AppEnv>, next: Next, catalogue: Catalogue): Promise<void> {
  context.set("origin", parseSettings(context.env).origin);
  context.set("catalogue", catalogue);
  context.set("words", wordsFor(catalogue.manifest.language));
  context.set("newsletterOpen", newsletterState(context.env).kind === "open");
  context.set("feedbackOpen", signingKeys(context.env).length > 0);
  return next();
}

async function runScheduled(
  controller: ScheduledController,
  bindings: Bindings,
  context: ExecutionContext,
  manifest: Manifest,
): Promise<void> {
  const catalogue = catalogueAt(Math.max(controller.scheduledTime, Date.now()), manifest);
  const { origin } = parseSettings(bindings);
  const hourly = await runHourly(bindings.DB, controller.scheduledTime);
  const messages = await deleteExpiredMessages(bindings.DB, controller.scheduledTime);
  const pings = await runPings({
    binding: bindings.DB,
    catalogue,
    origin,
    indexNowKey: keyOf(bindings),
    now: controller.scheduledTime,
    fetch: (url, init) => fetch(url, init),
  });
  context.waitUntil(
    noteRelease(bindings.SHELF, manifest, controller.scheduledTime).catch((error: unknown) => {
      console.error("The release could not be noted; the next run tries again.", error);
    }),
  );
  return runCron({
    bindings,
    catalogue,
    origin,
    scheduledTime: controller.scheduledTime,
    realNow: Date.now,
    waitUntil: (work) => context.waitUntil(work),
    spent: {
      queries: sumOf([hourly, messages, pings], "queries"),
      calls: sumOf([hourly, messages, pings], "calls"),
    },
  });
}

type Spent = { readonly queries: number; readonly calls: number };
const sumOf = (costs: readonly (Spent | undefined)[], what: keyof Spent): number =>
  costs.reduce((sum, cost) => sum + (cost?.[what] ?? 0), 0);

function keyOf(bindings: Bindings): string | undefined {
  const key = indexNowKey(bindings);
  if (key.kind === "invalid") console.warn(`IndexNow is off: INDEXNOW_KEY ${key.problem}.`);
  return key.kind === "key" ? key.key : undefined;
}
