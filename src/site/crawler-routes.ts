/** Serves what search engines read: robots.txt and the sitemap, in parts if it is large. */
import { type Context, Hono } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { revalidate } from "../http/cache-control.ts";
import { pathOf } from "../http/page-cache.ts";
import { href, pattern } from "../routes.ts";
import { renderRobots } from "./robots.ts";
import { partAt, renderSitemap, renderSitemapPart } from "./sitemap.ts";

export function crawlerRoutes(): Hono<AppEnv> {
  const crawlers = new Hono<AppEnv>();

  crawlers.get(pattern.robots, (context) => {
    context.header("Cache-Control", revalidate);
    return context.text(renderRobots(context.var.catalogue.manifest, context.var.origin));
  });

  crawlers.get(href.sitemap(), (context) => xml(context, renderSitemap(context.var.catalogue, context.var.origin)));

  crawlers.get(pattern.sitemapPart, (context, next) => {
    const part = partAt(context.var.catalogue, pathOf(context.req.url));
    return part === undefined
      ? next()
      : xml(context, renderSitemapPart(context.var.catalogue, context.var.origin, part));
  });

  return crawlers;
}

const xml = (context: Context<AppEnv>, text: string): Response =>
  context.body(text, 200, { "Content-Type": "application/xml; charset=utf-8", "Cache-Control": revalidate });
