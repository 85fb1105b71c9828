/** Stores finished responses in the page cache. */
import { createMiddleware } from "hono/factory";
import type { Catalogue } from "../library/catalogue.ts";
import type { AppEnv } from "./app-env.ts";
import { noStore } from "./cache-control.ts";
import { etagOf } from "./etag.ts";
import { answer, type PageCache, pageKey, pathOf, sizeOf } from "./page-cache.ts";
import { securityHeaders } from "./security-headers.ts";

/**
 * Caches every 200 response to a GET that may be stored and whose exact path `isAddress` knows. There are as many of these
 * paths as pages, so requests for invented URLs cannot fill the cache. A response without an entity tag gets the hash of
 * its bytes.
 */
export const cachePages = (memory: PageCache, isAddress: (catalogue: Catalogue, path: string) => boolean) =>
  createMiddleware<AppEnv>(async (context, next) => {
    await next();
    const { res: response } = context;
    const request = context.req.raw;
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (!isRead || response.status !== 200 || response.headers.get("Cache-Control") === noStore) return;

    const bytes = new Uint8Array(await response.arrayBuffer());
    const etag = response.headers.get("ETag") ?? (await etagOf(bytes));
    const headers = new Headers(response.headers);
    headers.set("ETag", etag);
    for (const [name, value] of Object.entries(securityHeaders)) if (!headers.has(name)) headers.set(name, value);
    const notModifiedHeaders = new Headers({ ETag: etag });
    for (const name of ["Cache-Control", "Vary"]) {
      const value = headers.get(name);
      if (value !== null) notModifiedHeaders.set(name, value);
    }
    const notModified = { status: 304, headers: notModifiedHeaders } as const;
    const page = { bytes, size: sizeOf(bytes, headers), etag, headers, notModified };
    const path = pathOf(request.url);
    const key = pageKey(request);
    // A client that prefers Markdown gets other types unchanged; they are cached once, under their path.
    const isRepresentation = key === path || headers.get("Content-Type")?.startsWith("text/markdown") === true;
    if (isRepresentation && isAddress(context.var.catalogue, path)) memory.keep(key, page);
    context.res = undefined;
    context.res = answer(page, request);
  });
