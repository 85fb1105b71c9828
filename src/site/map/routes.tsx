/** Serves the map: one object per page, of the library or of a book, and the shortest way to a chapter. */
import { type Context, Hono } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { revalidate } from "../../http/cache-control.ts";
import { pattern } from "../../routes.ts";
import { canonicalPath } from "../canonical-paths.ts";
import { chosenBook } from "../chosen-book.ts";
import { readLibraryObject } from "../read-object.ts";
import { MapPage, type MapQuery } from "./map-page.tsx";

export function mapRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get(pattern.map, async (context) => {
    const query = readQuery(context);
    const hash = (query.book ?? context.var.catalogue.manifest).map;
    const object = hash === undefined ? undefined : await readLibraryObject(context, hash, "map");
    context.header("Cache-Control", revalidate);
    return context.html(<MapPage page={context.var} query={query} object={object} />);
  });

  return routes;
}

/** A text that has moved is found at its former path. The map of a way is that of its book. */
function readQuery(context: Context<AppEnv>): MapQuery {
  const { catalogue } = context.var;
  const target = context.req.query("to");
  if (target) {
    const to = catalogue.byPath.get(canonicalPath(catalogue, `/${target}`) ?? "");
    return { to: to ?? "unknown", book: to?.book };
  }
  return { to: undefined, book: chosenBook(context) };
}
