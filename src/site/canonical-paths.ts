/** Redirects other spellings of a path, and former paths, to the canonical path of a page. */
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../http/app-env.ts";
import { maxPathLength } from "../http/request-length.ts";
import type { Catalogue } from "../library/catalogue.ts";
import { normalisePath, spelling } from "../library/path-spelling.ts";
import { isPage } from "./addresses.ts";

/**
 * The canonical path of the page that `path` means, or undefined. The path is normalised once, and at most four
 * spellings are looked up.
 */
export function canonicalPath(catalogue: Catalogue, path: string): string | undefined {
  if (path.length > maxPathLength) return undefined;
  // With a stray percent sign the path stays encoded, and matches no page.
  const spelt = normalisePath(path) ?? spelling(path);
  const bare = spelt.length > 1 ? spelt.replace(/\/$/, "") : spelt;
  // Removes one `.html`, which URLs of other systems have. A path with several has never existed.
  const named = bare.replace(/(?:(\/)index)?\.html$/, "$1");
  for (const name of named === bare ? [bare] : [bare, named]) {
    const found = pageOf(catalogue, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The page with this name, with or without a trailing slash, at its current or a former path. */
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
    // The raw path: Hono's own is already percent-decoded.
    const { pathname, search } = new URL(url);
    const canonical = canonicalPath(context.var.catalogue, pathname);
    if (canonical === undefined || canonical === pathname) return next();
    // A path, not a URL, so the redirect stays on the visitor's host.
    return context.redirect(canonical + search, 301);
  });
