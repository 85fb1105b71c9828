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
  const month = perMonth === undefined ? "" : `, or ${perMonth.toLocaleString("en")} in 30 days`;
  const turnstile = settings.turnstile
    ? "Turnstile is already set up."
    : "set up Turnstile, which keeps bots out (see README.md).";
  return raiseNotice(
    {
      db,
      now: () => now,
      tell: (title, body, occasion) => sendAuthorNotice(desk, title, body, occasion),
    },
    "forms",
    "Forms have used up their share of emails",
    `Forms may send ${perDay.toLocaleString("en")} emails in 24 hours${month}, and this limit has been reached. Until older ones no longer count, new readers are asked to try again later; editions are not affected. If bots filled in the forms: ${turnstile} If readers did and your Resend plan allows more than MAIL_QUOTA says, change MAIL_QUOTA.`,
  );
}
