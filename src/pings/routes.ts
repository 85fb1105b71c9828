/** Serves the file that proves to IndexNow that the key belongs to this host. */
import { Hono } from "hono";
import { indexNowKey } from "../env.ts";
import type { AppEnv } from "../http/app-env.ts";
import { noStore } from "../http/cache-control.ts";
import { pattern } from "../routes.ts";

export function pingRoutes(): Hono<AppEnv> {
  const pings = new Hono<AppEnv>();

  pings.get(pattern.keyFile, (context, next) => {
    const key = indexNowKey(context.env);
    if (key.kind !== "key" || context.req.path !== `/${key.key}.txt`) return next();
    return context.text(key.key, 200, { "Cache-Control": noStore });
  });

  return pings;
}
