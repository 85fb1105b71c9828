/** Serves the public pages and images, and the Markdown versions; feeds and sitemap are in files of their own. */

import type { Context } from "hono";
import { Hono } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { noStore, revalidate } from "../http/cache-control.ts";
import { pathOf, wantsMarkdown } from "../http/page-cache.ts";
import type { CatalogueEntry } from "../library/catalogue.ts";
import { href, pattern } from "../routes.ts";
import { AboutPage } from "./about-page.tsx";
import { markdownAt, shareImageAt } from "./addresses.ts";
import { authorRoutes } from "./author-routes.tsx";
import { BooksPage } from "./books-page.tsx";
import { renderMarkdown } from "./chapter-markdown.ts";
import { ChapterPage } from "./chapter-page.tsx";
import { crawlerRoutes } from "./crawler-routes.ts";
import { feedRoutes } from "./feeds/routes.ts";
import { glossaryRoutes } from "./glossary/routes.tsx";
import { HomePage } from "./home-page.tsx";
import { mapRoutes } from "./map/routes.tsx";
import { mcpRoutes } from "./mcp/routes.ts";
import { readChapter, readLibraryObject, readMarkdown } from "./read-object.ts";
import { recallRoutes } from "./recall/routes.tsx";
import { LibrarySearch } from "./search/library-search.ts";
import { type CountMissed, searchRoutes } from "./search/routes.tsx";
import { SearchFiles } from "./search/search-files.ts";
import { bodyMark, sendChapter } from "./send-chapter.ts";
import { sendMedia, sendShareImage } from "./send-image.ts";
import { YourReadingPage } from "./your-reading-page.tsx";

export function siteRoutes(countMissed: CountMissed): Hono<AppEnv> {
  const site = new Hono<AppEnv>();

  for (const routes of [frontRoutes, glossaryRoutes, recallRoutes, mapRoutes, authorRoutes, crawlerRoutes]) {
    site.route("/", routes());
  }

  const files = new SearchFiles();
  const search = new LibrarySearch(files);
  site.route("/", searchRoutes(files, search, countMissed));
  site.route("/", mcpRoutes(search));

  site.get(pattern.favicon, (context) => context.redirect(href.asset(context.var.catalogue.manifest.assets.icon), 302));

  // Existing assets are served without the Worker. During a deploy, a page may request a stylesheet of the other
  // version, so this 404 must not be cached.
  site.get(pattern.missingAsset, (context) =>
    context.text(`${context.var.words.errors.noFile}\n`, 404, { "Cache-Control": noStore }),
  );

  site.get(pattern.media, sendMedia);

  site.get(pattern.shareImage, (context) => sendShareImage(context, context.var.catalogue.manifest.shareImage));

  site.route("/", feedRoutes());

  site.get(pattern.book, (context) => text(context, context.var.catalogue.byPath.get(pathOf(context.req.url))));

  site.get(pattern.chapter, (context) => {
    const { catalogue } = context.var;
    const path = pathOf(context.req.url);
    const image = shareImageAt(catalogue, path);
    if (image !== undefined) return sendShareImage(context, image);
    const copied = markdownAt(catalogue, path);
    return copied ? markdown(context, copied) : text(context, catalogue.byPath.get(path));
  });

  return site;
}

/** The pages that lead to the books. */
function frontRoutes(): Hono<AppEnv> {
  const front = new Hono<AppEnv>();

  front.get(pattern.home, async (context) => {
    const { catalogue } = context.var;
    const object = await readLibraryObject(context, catalogue.manifest.front, "front");
    context.header("Cache-Control", revalidate);
    const now = Date.now();
    return context.html(<HomePage page={context.var} front={object} now={now} />);
  });

  front.get(pattern.about, async (context) => {
    const { catalogue } = context.var;
    const object = await readLibraryObject(context, catalogue.manifest.front, "front");
    context.header("Cache-Control", revalidate);
    return context.html(<AboutPage page={context.var} front={object} />);
  });

  front.get(pattern.books, (context) => {
    context.header("Cache-Control", revalidate);
    return context.html(<BooksPage page={context.var} now={Date.now()} />);
  });

  front.get(pattern.ownReading, (context) => {
    context.header("Cache-Control", revalidate);
    return context.html(<YourReadingPage page={context.var} />);
  });

  return front;
}

/** A chapter or overview, as Markdown or HTML according to `Accept`. */
function text(context: Context<AppEnv>, entry: CatalogueEntry | undefined) {
  if (!entry) return context.notFound();
  return wantsMarkdown(context.req.header("Accept") ?? null) ? markdown(context, entry) : page(context, entry);
}

async function page(context: Context<AppEnv>, entry: CatalogueEntry): Promise<Response> {
  const { feedbackOpen } = context.var;
  const object = await readChapter(context, entry.chapter.object);
  context.header("Cache-Control", revalidate);
  context.header("Vary", "Accept");
  const now = Date.now();
  const html = bodyMark;
  const shell = <ChapterPage {...{ page: context.var, entry, object, html, now, feedbackOpen }} />;
  return sendChapter(context, entry, object, await shell.toString());
}

async function markdown(context: Context<AppEnv>, entry: CatalogueEntry): Promise<Response> {
  const text = await readMarkdown(context, entry.chapter.markdown);
  return context.body(renderMarkdown(context.var, entry, text), 200, {
    "Content-Type": "text/markdown; charset=utf-8",
    "Cache-Control": revalidate,
    Vary: "Accept",
    Link: `<${context.var.origin}${entry.path}>; rel="canonical"`,
  });
}
