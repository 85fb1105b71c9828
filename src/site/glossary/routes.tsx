/** Serves the notation and the index: one object per page, filtered by the query of its form. */
import { type Context, Hono } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { revalidate } from "../../http/cache-control.ts";
import { maxFilterLength } from "../../library/word-filter.ts";
import { pattern } from "../../routes.ts";
import { chosenBook } from "../chosen-book.ts";
import { readLibraryObject } from "../read-object.ts";
import type { GlossaryQuery } from "./filter-form.tsx";
import { IndexPage } from "./index-page.tsx";
import { NotationPage } from "./notation-page.tsx";

export function glossaryRoutes(): Hono<AppEnv> {
  const glossary = new Hono<AppEnv>();

  glossary.get(pattern.notation, async (context) => {
    const query = readQuery(context);
    const hash = (query.book ?? context.var.catalogue.manifest).notation;
    const object = hash === undefined ? undefined : await readLibraryObject(context, hash, "notation");
    context.header("Cache-Control", revalidate);
    return context.html(<NotationPage page={context.var} query={query} object={object} />);
  });

  glossary.get(pattern.index, async (context) => {
    const query = readQuery(context);
    const hash = (query.book ?? context.var.catalogue.manifest).index;
    const object = hash === undefined ? undefined : await readLibraryObject(context, hash, "index");
    context.header("Cache-Control", revalidate);
    return context.html(<IndexPage page={context.var} query={query} object={object} />);
  });

  return glossary;
}

function readQuery(context: Context<AppEnv>): GlossaryQuery {
  const words = (context.req.query("q") ?? "").trim().slice(0, maxFilterLength);
  return { book: chosenBook(context), words };
}
