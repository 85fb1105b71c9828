/** Which way mail leaves: through Resend, or, on the author's own machine, no farther than the local inbox. */
import { createInboxMailer } from "./inbox-mailer.ts";
import type { Mailer } from "./mailer.ts";
import { createResend } from "./resend.ts";

interface Ways {
  /** Without it mail stays here: `newsletterState` is open then only where the inbox is. */
  readonly resend: { readonly url: string; readonly apiKey: string } | undefined;
}

export const createMailer = ({ SHELF }: { readonly SHELF: KVNamespace }, { resend }: Ways): Mailer =>
  resend ? createResend(resend) : createInboxMailer(SHELF, Date.now);
