/**
 * Does what a form asked for after the response, if the limits allow it; notifies the author when the share of all forms is
 * used up.
 */
import type { Context } from "hono";
import { raiseNotice } from "../editions/notices.ts";
import { formShareOf, type Verdict } from "../subscribers/limits.ts";
import { afterAnswer, type NewsletterContext, type NewsletterEnv } from "../subscribers/newsletter-context.ts";
import { sendAuthorNotice } from "../subscribers/transactional-mail.ts";

export function afterVerdict(context: Context<NewsletterEnv>, verdict: Verdict, work: () => Promise<void>): void {
  if (verdict.kind !== "within") return;
  const { newsletter } = context.var;
  afterAnswer(context, newsletter, async () => {
    await work();
    if (verdict.isLast) await tellShareUsed(newsletter);
  });
}

function tellShareUsed(newsletter: NewsletterContext): Promise<void> {
  const { db, now, settings } = newsletter;
  const { perDay, perMonth } = formShareOf(settings.quota);
  const { title, body } = newsletter.words.notices.formShareUsed;
  return raiseNotice(
    { db, now: () => now, tell: (...notice) => sendAuthorNotice(newsletter, ...notice) },
    "forms",
    title,
    body(perDay, perMonth, settings.turnstile !== undefined),
  );
}
