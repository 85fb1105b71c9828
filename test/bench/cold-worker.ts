/**
 * Serves the library from an isolate that has just started: the app exists, as after the start of an isolate, but every
 * request reads its object from KV, renders and hashes its page.
 */
import release from "../../.release/manifest.json";
import { createApp } from "../../src/app.ts";
import type { Bindings } from "../../src/env.ts";
import { PageCache } from "../../src/http/page-cache.ts";
import { forgetObjects } from "../../src/library/shelf.ts";
import { ReadingCounter } from "../../src/stats/reading-counter.ts";

const memory = new PageCache();
const app = createApp(release, new ReadingCounter(), memory);

export default {
  fetch(request: Request, bindings: Bindings, context: ExecutionContext): Response | Promise<Response> {
    forgetObjects();
    memory.clear();
    return app.fetch?.(request as never, bindings, context) ?? new Response(null, { status: 500 });
  },
};
