/**
 * Caches finished pages as bytes in the isolate. A page is a function of the catalogue, so it is valid until the catalogue
 * changes; serving it again costs one map lookup.
 */
import { LruCache } from "../library/lru-cache.ts";
import { filteredPaths } from "../routes.ts";
import { matchesEtag, maxConditionLength } from "./etag.ts";

export interface KeptPage {
  readonly bytes: Uint8Array;
  /** Memory in bytes, headers included: see `sizeOf`. */
  readonly size: number;
  readonly etag: string;
  /** All headers of a full response. */
  readonly headers: Headers;
  /** What a 304 repeats (RFC 9110, section 15.4.5). */
  readonly notModified: { readonly status: 304; readonly headers: Headers };
}

/** An isolate has 128 MB in total. */
const defaultMaxBytes = 32 * 1024 * 1024;

/** Of two sets of headers and the 304, which are outside the JavaScript heap, without their text. */
const headerObjectBytes = 2048;

/** Memory of a page with its headers, and with the 304 that repeats some of them. */
export function sizeOf(bytes: Uint8Array, headers: Headers): number {
  const text = [...headers].reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return bytes.byteLength + 2 * text + headerObjectBytes;
}

export class PageCache {
  readonly #pages: LruCache<KeptPage>;
  /**
   * Entity tag -> the path of its page, and the 304 for it. One Response serves all requests, because it has no body that
   * could be consumed.
   */
  readonly #byTag = new Map<string, { readonly path: string; readonly notModified: Response }>();
  #validUntil = Number.NEGATIVE_INFINITY;

  constructor(maxBytes = defaultMaxBytes) {
    this.#pages = new LruCache(maxBytes, ({ etag }) => this.#byTag.delete(etag));
  }

  get entries(): number {
    return this.#pages.entries;
  }

  get bytes(): number {
    return this.#pages.bytes;
  }

  get tags(): number {
    return this.#byTag.size;
  }

  /** Nothing is served from the cache from this time on, when the next scheduled chapter becomes public. */
  expireAt(time: number): void {
    this.#validUntil = time;
  }

  clear(): void {
    this.#pages.clear();
    this.#byTag.clear();
    this.#validUntil = Number.NEGATIVE_INFINITY;
  }

  keep(key: string, page: KeptPage): void {
    this.#pages.set(key, page);
    if (this.#pages.peek(key) === undefined) return;
    const path = key.replace(/^markdown /, "");
    if (path.length > 1) this.#byTag.set(page.etag, { path, notModified: new Response(null, page.notModified) });
  }

  /** The cached response to a request, if any. Synchronous. */
  recall(request: Request, now: number): Response | undefined {
    const { method } = request;
    if (now >= this.#validUntil || (method !== "GET" && method !== "HEAD")) return undefined;
    const ifNoneMatch = request.headers.get("If-None-Match");
    // The most common case: the tag itself identifies the representation.
    if (ifNoneMatch !== null && ifNoneMatch.length <= maxConditionLength) {
      const asked = this.#byTag.get(ifNoneMatch);
      if (asked !== undefined && isAt(request.url, asked.path)) return asked.notModified;
    }
    const page = this.#pages.peek(pageKey(request));
    return page && answer(page, request);
  }
}

/** Whether the URL has exactly that path and no query. */
const isAt = (url: string, path: string): boolean =>
  url.endsWith(path) && url.indexOf("/", 8) === url.length - path.length;

/** The path of a request's URL as written, without its query. Cheaper than `new URL`, and every request runs it. */
export function pathOf(url: string): string {
  const start = url.indexOf("/", 8);
  const query = url.indexOf("?", start);
  return query === -1 ? url.slice(start) : url.slice(start, query);
}

/** Path and representation. The query is ignored, unless the page reads it: that key is not a path. */
export function pageKey(request: Request): string {
  const path = pathOf(request.url);
  if (request.url.includes("?") && filteredPaths.includes(path)) return request.url;
  return wantsMarkdown(request.headers.get("Accept")) ? `markdown ${path}` : path;
}

/** Browsers never request Markdown; a client that prefers it names it in `Accept`. */
export const wantsMarkdown = (accept: string | null): boolean =>
  accept?.includes("text/markdown") === true && !/text\/markdown\s*;\s*q=0(\.0*)?\s*(,|$)/.test(accept);

export function answer(page: KeptPage, request: Request): Response {
  const ifNoneMatch = request.headers.get("If-None-Match");
  if (ifNoneMatch !== null && matchesEtag(ifNoneMatch, page.etag)) {
    return new Response(null, page.notModified);
  }
  return new Response(request.method === "HEAD" ? null : page.bytes, { headers: page.headers });
}
