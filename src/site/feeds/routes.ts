/** Serves the feeds: of the library and of each book as Atom and JSON, and of corrections. */
import { type Context, Hono } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { hourly } from "../../http/cache-control.ts";
import { pathOf } from "../../http/page-cache.ts";
import { href, pattern } from "../../routes.ts";
import { feedAt } from "../addresses.ts";
import { readFeed, readFeedIdentities } from "../read-object.ts";
import { renderAtom } from "./atom.ts";
import { renderCorrections } from "./corrections.ts";
import type { FeedSource } from "./feed-entries.ts";
import { renderJsonFeed } from "./json-feed.ts";

export function feedRoutes(): Hono<AppEnv> {
  const feeds = new Hono<AppEnv>();

  feeds.get(pattern.feed, async (context) => atom(context, renderAtom(await sourceOf(context), Date.now())));

  feeds.get(pattern.jsonFeed, async (context) => json(context, renderJsonFeed(await sourceOf(context))));

  feeds.get(pattern.bookFeed, async (context) => {
    const source = await sourceOfBook(context);
    return source ? atom(context, renderAtom(source, Date.now())) : context.notFound();
  });

  feeds.get(pattern.bookJsonFeed, async (context) => {
    const source = await sourceOfBook(context);
    return source ? json(context, renderJsonFeed(source)) : context.notFound();
  });

  feeds.get(href.corrections(), async (context) =>
    atom(context, renderCorrections(context.var, await readFeedIdentities(context), Date.now())),
  );

  return feeds;
}

const sourceOf = async (context: Context<AppEnv>): Promise<FeedSource> => ({
  ...context.var,
  ...(await readFeed(context, context.var.catalogue.manifest.feed)),
});

/** Undefined if no public book has that path. */
async function sourceOfBook(context: Context<AppEnv>): Promise<FeedSource | undefined> {
  const book = feedAt(context.var.catalogue, pathOf(context.req.url))?.book;
  return book && { ...context.var, ...(await readFeed(context, book.feed)), book };
}

const atom = (context: Context<AppEnv>, xml: string): Response =>
  context.body(xml, 200, { "Content-Type": "application/atom+xml; charset=utf-8", "Cache-Control": hourly });

/** RFC 8259 defines no `charset`: JSON is UTF-8. */
const json = (context: Context<AppEnv>, text: string): Response =>
  context.body(text, 200, { "Content-Type": "application/feed+json", "Cache-Control": hourly });
