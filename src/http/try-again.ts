/** The answer for a file that exists and cannot be had at this moment: whoever asked for it, a browser or a mailbox provider, may ask again. */
import type { Context } from "hono";
import { noStore } from "./cache-control.ts";

const retryAfterSeconds = 30;

export const tryAgain = (context: Context): Response =>
  context.text("Please try again in a moment.\n", 503, {
    "Cache-Control": noStore,
    "Retry-After": String(retryAfterSeconds),
  });
