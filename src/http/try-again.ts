/** Responds with 503 for a file that exists but cannot be loaded right now: a browser or mailbox provider may retry. */
import type { Context } from "hono";
import type { AppEnv } from "./app-env.ts";
import { noStore } from "./cache-control.ts";

const retryAfterSeconds = 30;

export const tryAgain = (context: Context<AppEnv>): Response =>
  context.text(`${context.var.words.errors.tryAgain}\n`, 503, {
    "Cache-Control": noStore,
    "Retry-After": String(retryAfterSeconds),
  });
