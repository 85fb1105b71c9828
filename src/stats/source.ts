/** Determines the source of a view: a page of this library, a host, or the newsletter, and nothing more precise. */
import type { Catalogue } from "../library/catalogue.ts";
import { homePage, pageOf } from "../library/counted-pages.ts";
import { href } from "../routes.ts";

const fromNewsletter = "newsletter";

const maxLength = 100;
/** Costs a quarter of `new URL`, and runs on every view. */
const address = /^https?:\/\/(?:[^/?#@]*@)?([^/?#@:]+)(?::\d*)?([^?#]*)/i;
const hostname = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/** As in `reading_days.source`; empty if unknown. `origin`: the library's own, from the settings. */
export function sourceOf(request: Pick<Request, "url" | "headers">, catalogue: Catalogue, origin: string): string {
  const { url } = request;
  const query = url.indexOf("?");
  if (query !== -1 && /[?&]from=newsletter(&|#|$)/.test(url.slice(query))) return fromNewsletter;
  const [, host, path = ""] = address.exec(request.headers.get("Referer") ?? "") ?? [];
  if (host === undefined) return "";
  const from = bare(host);
  if (from === hostOf(url) || from === hostOf(origin)) return pageAt(catalogue, path) ?? "";
  return from.length <= maxLength && hostname.test(from) ? from : "";
}

/** The page's key, as in `reading_days.page`; undefined for a path that is not a counted page. */
export function pageAt(catalogue: Catalogue, path: string): string | undefined {
  if (path === href.home()) return homePage;
  const entry = catalogue.byPath.get(path);
  return entry && pageOf(entry);
}

const hostOf = (url: string): string => bare(address.exec(url)?.[1] ?? "");

const bare = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^www\./, "")
    .replace(/\.$/, "");
