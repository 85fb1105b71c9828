/** Serves what programs read: robots.txt, the sitemap, in parts if it is large, and the texts for language models. */
import { type Context, Hono } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { revalidate } from "../http/cache-control.ts";
import { pathOf } from "../http/page-cache.ts";
import { href, pattern } from "../routes.ts";
import { fullTextAt, renderFullText, renderLlms } from "./llms.ts";
import { readPack } from "./read-object.ts";
import { renderRobots } from "./robots.ts";
import { partAt, renderSitemap, renderSitemapPart } from "./sitemap.ts";

export function crawlerRoutes(): Hono<AppEnv> {
  const crawlers = new Hono<AppEnv>();

  crawlers.get(pattern.robots, (context) => {
    context.header("Cache-Control", revalidate);
    return context.text(renderRobots(context.var.catalogue.manifest, context.var.origin));
  });

  crawlers.get(href.llms(), (context) => plain(context, renderLlms(context.var)));

  crawlers.get(pattern.fullText, async (context) => {
    const book = fullTextAt(context.var.catalogue, pathOf(context.req.url));
    if (book?.fullText === undefined) return context.notFound();
    return plain(context, renderFullText(context.var, book, await readPack(context, book.fullText)));
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

/** Markdown, under a name that ends in .txt. */
const plain = (context: Context<AppEnv>, text: string): Response =>
  context.body(text, 200, { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": revalidate });

const xml = (context: Context<AppEnv>, text: string): Response =>
  context.body(text, 200, { "Content-Type": "application/xml; charset=utf-8", "Cache-Control": revalidate });
