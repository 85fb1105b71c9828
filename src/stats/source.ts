/** Where a reader came from: no more than a page of this library, a host, or the newsletter. */
import type { Catalogue } from "../library/catalogue.ts";
import { homePage, pageOf } from "../library/counted-pages.ts";
import { href } from "../routes.ts";

const fromNewsletter = "newsletter";

const maxLength = 100;
/** A quarter of the cost of `new URL`, which every view would pay. */
const address = /^https?:\/\/(?:[^/?#@]*@)?([^/?#@:]+)(?::\d*)?([^?#]*)/i;
const hostname = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/** As `reading_days.source` has it; empty when nothing is known. `origin`: the library's own, from the settings. */
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

/** What `reading_days.page` calls a public page with counts; nothing for every other path. */
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
