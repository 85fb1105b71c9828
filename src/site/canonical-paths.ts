/** One address for each page: other spellings of it, and addresses of old, are redirected there. */
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../http/app-env.ts";
import { maxPathLength } from "../http/request-length.ts";
import type { Catalogue } from "../library/catalogue.ts";
import { isPage } from "./addresses.ts";

/** The address that a path stands for, or nothing when it stands for no page. The path is normalised once, and at most four spellings are looked up. */
export function canonicalPath(catalogue: Catalogue, path: string): string | undefined {
  if (path.length > maxPathLength) return undefined;
  const spelt = tidied(path);
  const bare = spelt.length > 1 ? spelt.replace(/\/$/, "") : spelt;
  // One ending comes off, as old addresses of other programs have it; a row of them was never anybody's.
  const named = bare.replace(/(?:(\/)index)?\.html$/, "$1");
  for (const name of named === bare ? [bare] : [bare, named]) {
    const found = pageOf(catalogue, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The page of that name, with or without a slash at its end, today or in earlier days. */
function pageOf(catalogue: Catalogue, name: string): string | undefined {
  const { redirects } = catalogue.manifest;
  const candidates = name.endsWith("/") ? [name] : [name, `${name}/`];
  const found = candidates.find((candidate) => isPage(catalogue, candidate));
  if (found !== undefined) return found;
  const old = candidates.find((candidate) => Object.hasOwn(redirects, candidate));
  const moved = old === undefined ? undefined : redirects[old];
  return moved !== undefined && catalogue.byPath.has(moved) ? moved : undefined;
}

export const canonicalPaths = () =>
  createMiddleware<AppEnv>(async (context, next) => {
    const { method, url } = context.req;
    if (method !== "GET" && method !== "HEAD") return next();
    // As it was written: Hono's own path has its percent signs resolved already.
    const { pathname, search } = new URL(url);
    const canonical = canonicalPath(context.var.catalogue, pathname);
    if (canonical === undefined || canonical === pathname) return next();
    // A path, not a URL: it holds on whatever host the visitor is.
    return context.redirect(canonical + search, 301);
  });

/** Lower case, no doubled slashes, no percent signs where none are needed. */
function tidied(path: string): string {
  let decoded = path;
  try {
    decoded = decodeURI(path);
  } catch {
    // A stray percent sign: the path stays what it is, and leads nowhere.
  }
  return decoded.toLowerCase().replace(/\/{2,}/g, "/");
}
