/** Serves the pages of authors, and the list of all authors. */
import { Hono } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { revalidate } from "../http/cache-control.ts";
import { pathOf } from "../http/page-cache.ts";
import { hasAuthorList } from "../library/authors.ts";
import { pattern } from "../routes.ts";
import { AuthorPage } from "./author-page.tsx";
import { AuthorsPage } from "./authors-page.tsx";

export function authorRoutes(): Hono<AppEnv> {
  const authors = new Hono<AppEnv>();

  authors.get(pattern.authors, (context) => {
    if (!hasAuthorList(context.var.catalogue)) return context.notFound();
    context.header("Cache-Control", revalidate);
    return context.html(<AuthorsPage page={context.var} />);
  });

  authors.get(pattern.author, (context) => {
    const author = context.var.catalogue.authors.get(pathOf(context.req.url));
    if (!author) return context.notFound();
    context.header("Cache-Control", revalidate);
    return context.html(<AuthorPage page={context.var} author={author} now={Date.now()} />);
  });

  return authors;
}
