/** Which way mail leaves: through Resend, or, on the author's own machine, no farther than the local inbox. */
import type { Mailer } from "./mailer.ts";
import { createResend } from "./resend.ts";

interface Ways {
  readonly resend: { readonly url: string; readonly apiKey: string } | undefined;
}

export function createMailer(_bindings: unknown, { resend }: Ways): Mailer {
  if (resend) return createResend(resend);
  return {
    sendBatch: async () => ({ kind: "misconfigured", reason: "There is no inbox yet." }),
  };
}
