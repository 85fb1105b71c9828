/** What a form asked for, done after the answer if the limits allow it; the author hears when the share of all forms is used up. */
import type { Context } from "hono";
import { raiseNotice } from "../editions/notices.ts";
import { formShareOf, type Verdict } from "../subscribers/limits.ts";
import { afterAnswer, type NewsletterContext, type NewsletterEnv } from "../subscribers/newsletter-context.ts";
import { sendAuthorNotice } from "../subscribers/transactional-mail.ts";

export function afterVerdict(context: Context<NewsletterEnv>, verdict: Verdict, work: () => Promise<void>): void {
  if (verdict.kind !== "within") return;
  const { desk } = context.var;
  afterAnswer(context, desk, async () => {
    await work();
    if (verdict.isLast) await tellShareUsed(desk);
  });
}

function tellShareUsed(desk: NewsletterContext): Promise<void> {
  const { db, now, settings } = desk;
  const { perDay, perMonth } = formShareOf(settings.quota);
  const { title, body } = desk.words.notices.formShareUsed;
  return raiseNotice(
    { db, now: () => now, tell: (...notice) => sendAuthorNotice(desk, ...notice) },
    "forms",
    title,
    body(perDay, perMonth, settings.turnstile !== undefined),
  );
}
