/** Serves the library with an empty isolate for every request: catalogue, object from KV and rendering, every time. */
import release from "../../.release/manifest.json";
import { createApp } from "../../src/app.ts";
import type { Bindings } from "../../src/env.ts";
import { forgetObjects } from "../../src/library/shelf.ts";

export default {
  fetch(request: Request, bindings: Bindings, context: ExecutionContext): Response | Promise<Response> {
    forgetObjects();
    return createApp(release).fetch?.(request as never, bindings, context) ?? new Response(null, { status: 500 });
  },
};
