/** Renders refusals: the same for every reason, so that they reveal nothing. */
import type { Context } from "hono";
import type { Verdict } from "../subscribers/limits.ts";
import type { NewsletterEnv } from "../subscribers/newsletter-context.ts";
import { BadLinkPage, ShareUsedPage, TooManyPage } from "./pages.tsx";

/** The same for every invalid link. */
export const badLink = (context: Context<NewsletterEnv>) =>
  context.html(<BadLinkPage page={context.var} isOpen />, 404);

export const tooMany = (context: Context<NewsletterEnv>, retryAfterSeconds: number) =>
  context.html(<TooManyPage page={context.var} retryAfterSeconds={retryAfterSeconds} />, 429, {
    "Retry-After": String(retryAfterSeconds),
  });

/** Undefined if the reader gets the usual page, whether or not an email is sent. */
export function errorPageOf(context: Context<NewsletterEnv>, verdict: Verdict) {
  switch (verdict.kind) {
    case "too-many":
      return tooMany(context, verdict.retryAfterSeconds);
    case "share-used":
      return context.html(<ShareUsedPage page={context.var} retryAfterSeconds={verdict.retryAfterSeconds} />, 503, {
        "Retry-After": String(verdict.retryAfterSeconds),
      });
    case "within":
    case "mailbox-full":
      return undefined;
  }
}
