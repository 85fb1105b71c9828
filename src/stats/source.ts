/** Where a reader came from: no more than a page of this library, a host, or the newsletter. */
import type { Catalogue } from "../library/catalogue.ts";
import { homePage, pageOf } from "../library/counted-pages.ts";
import { href } from "../routes.ts";

export const fromNewsletter = "newsletter";

const maxLength = 100;
const hostname = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/** As `reading_days.source` has it; empty when nothing is known. `origin`: the library's own, from the settings. */
export function sourceOf(request: Pick<Request, "url" | "headers">, catalogue: Catalogue, origin: string): string {
  const { url } = request;
  const query = url.indexOf("?");
  if (query !== -1 && /[?&]from=newsletter(&|#|$)/.test(url.slice(query))) return fromNewsletter;
  const referer = request.headers.get("Referer");
  const from = referer === null ? null : URL.parse(referer);
  if (from === null || !/^https?:$/.test(from.protocol)) return "";
  const host = bareHost(from);
  if ([url, origin].some((own) => bareHost(new URL(own)) === host)) return pageAt(catalogue, from.pathname) ?? "";
  return host.length <= maxLength && hostname.test(host) ? host : "";
}

/** What `reading_days.page` calls a public page with counts; nothing for every other path. */
export function pageAt(catalogue: Catalogue, path: string): string | undefined {
  if (path === href.home()) return homePage;
  const place = catalogue.places.get(path);
  return place && pageOf(place);
}

/** `URL` has it in lower case already. */
const bareHost = ({ hostname }: URL): string => hostname.replace(/^www\./, "").replace(/\.$/, "");
