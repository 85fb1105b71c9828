/** The answer for a file that exists and cannot be had at this moment: whoever asked for it, a browser or a mailbox provider, may ask again. */
import type { Context } from "hono";
import type { AppEnv } from "./app-env.ts";
import { noStore } from "./cache-control.ts";

const retryAfterSeconds = 30;

export const tryAgain = (context: Context<AppEnv>): Response =>
  context.text(`${context.var.words.errors.tryAgain}\n`, 503, {
    "Cache-Control": noStore,
    "Retry-After": String(retryAfterSeconds),
  });
