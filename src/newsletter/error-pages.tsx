/** Answers that say no: the same for every reason, so that they say nothing else. */
import type { Context } from "hono";
import type { Verdict } from "../subscribers/limits.ts";
import type { NewsletterEnv } from "../subscribers/newsletter-context.ts";
import { BadLinkPage, ShareUsedPage, TooManyPage } from "./pages.tsx";

/** The same for every link that does not hold. */
export const badLink = (context: Context<NewsletterEnv>) =>
  context.html(<BadLinkPage page={context.var} isOpen />, 404);

export const tooMany = (context: Context<NewsletterEnv>, retryAfterSeconds: number) =>
  context.html(<TooManyPage page={context.var} retryAfterSeconds={retryAfterSeconds} />, 429, {
    "Retry-After": String(retryAfterSeconds),
  });

/** Nothing when the reader gets the usual answer, whether or not an email goes out. */
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
