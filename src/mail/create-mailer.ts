/** Creates the mailer: Resend, or the local inbox on the author's own machine. */
import { createInboxMailer } from "./inbox-mailer.ts";
import type { Mailer } from "./mailer.ts";
import { createResend } from "./resend.ts";

interface Ways {
  /** Without it, emails go to the local inbox; `newsletterState` is then open only where the inbox is. */
  readonly resend: { readonly url: string; readonly apiKey: string } | undefined;
}

export const createMailer = ({ SHELF }: { readonly SHELF: KVNamespace }, { resend }: Ways): Mailer =>
  resend ? createResend(resend) : createInboxMailer(SHELF, Date.now);
