/** One address for each page: other spellings of it, and addresses of old, are redirected there. */
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../http/app-env.ts";
import type { Catalogue } from "../library/catalogue.ts";
import { href } from "../routes.ts";

const fixedPages: ReadonlySet<string> = new Set([
  href.home(),
  href.about(),
  href.counting(),
  href.feed(),
  href.robots(),
  href.sitemap(),
]);

/** The address that a path stands for, or nothing when it stands for no page. */
export function canonicalPath(catalogue: Catalogue, path: string): string | undefined {
  const tidy = tidied(path);
  const bare = tidy.length > 1 ? tidy.replace(/\/$/, "") : tidy;
  const found = [bare, `${bare}/`].find((candidate) => isPage(catalogue, candidate));
  if (found !== undefined) return found;
  const moved = catalogue.manifest.redirects[bare] ?? catalogue.manifest.redirects[`${bare}/`];
  if (moved !== undefined && catalogue.places.has(moved)) return moved;
  if (bare.endsWith("/index.html")) return canonicalPath(catalogue, bare.slice(0, -"index.html".length));
  if (bare.endsWith(".html")) return canonicalPath(catalogue, bare.slice(0, -".html".length));
  return undefined;
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

function isPage(catalogue: Catalogue, path: string): boolean {
  if (fixedPages.has(path) || catalogue.places.has(path)) return true;
  if (path.endsWith("/index.md")) return catalogue.places.has(path.slice(0, -"index.md".length));
  if (path.endsWith(".md")) return catalogue.places.has(path.slice(0, -".md".length));
  if (path.endsWith("/feed.xml")) return catalogue.places.has(path.slice(0, -"feed.xml".length));
  return false;
}

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
