/** Answers that say no: the same for every reason, so that they say nothing else. */
import type { Context } from "hono";
import type { NewsletterEnv } from "./front-desk.ts";
import { BadLinkPage, TooManyPage } from "./pages.tsx";

/** The same for every link that does not hold. */
export const badLink = (context: Context<NewsletterEnv>) =>
  context.html(<BadLinkPage place={context.var} isOpen />, 404);

export const tooMany = (context: Context<NewsletterEnv>, retryAfterSeconds: number) =>
  context.html(<TooManyPage place={context.var} />, 429, { "Retry-After": String(retryAfterSeconds) });
