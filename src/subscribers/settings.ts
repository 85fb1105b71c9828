/** Parses the settings of the newsletter. It is enabled once it can sign links and send emails. */
import * as v from "valibot";
import { type Bindings, type SigningKey, TokenKeys } from "../env.ts";
import { formatMailbox, parseMailbox } from "../library/mailbox.ts";
import { inboxIsOpen } from "../mail/inbox-is-open.ts";
import { type Quota, quotaOf } from "../mail/quota.ts";

const Count = v.pipe(
  v.string(),
  v.regex(/^\d+$/, "must be a whole number"),
  v.transform(Number),
  v.minValue(1, "must be at least 1"),
);

/** An email address, with or without a name. */
const MailboxSetting = (example: string) =>
  v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const result = parseMailbox(dataset.value, example);
      if (result.kind === "mailbox") return result.mailbox;
      addIssue({ message: result.problem });
      return NEVER;
    }),
  );

const SettingsSchema = v.object({
  TOKEN_KEYS: TokenKeys,
  MAIL_FROM: MailboxSetting("Library <letters@example.org>"),
  RESEND_API_KEY: v.optional(v.pipe(v.string(), v.minLength(1, "is empty"))),
  RESEND_URL: v.optional(v.pipe(v.string(), v.url()), "https://api.resend.com"),
  POSTAL_ADDRESS: v.optional(v.string()),
  AUTHOR_EMAIL: v.optional(MailboxSetting("you@example.org")),
  TURNSTILE_SITE_KEY: v.optional(v.string()),
  TURNSTILE_SECRET: v.optional(v.string()),
  /** Limit of edition emails per cron run; the default is what 10 ms of CPU allow. */
  MAILS_PER_RUN: v.optional(Count, "300"),
  /** D1 statements, and as many calls, per run: what the Workers plan allows an invocation. */
  CALLS_PER_RUN: v.optional(Count, "50"),
  /** Whether links in emails to the library carry the mark of the newsletter. */
  COUNT_MAIL_CLICKS: v.optional(v.picklist(["yes", "no"], "must be yes or no"), "no"),
});

export interface NewsletterSettings {
  /** Never empty; the first signs. */
  readonly keys: readonly SigningKey[];
  /** One mailbox, encoded, whatever characters its name has. */
  readonly from: string;
  /** Without a key, emails go to the local inbox. */
  readonly resend: { readonly url: string; readonly apiKey: string } | undefined;
  readonly postalAddress: string | undefined;
  readonly authorEmail: string | undefined;
  readonly turnstile: { readonly siteKey: string; readonly secret: string } | undefined;
  /** Quota of the Resend account; none for the local inbox. */
  readonly quota: Quota;
  readonly mailsPerRun: number;
  readonly callsPerRun: number;
  readonly countClicks: boolean;
}

export type NewsletterState =
  | { readonly kind: "open"; readonly settings: NewsletterSettings }
  /** Not set up, or (`isPartlyConfigured`) incomplete: `missing` tells the author what is missing. */
  | { readonly kind: "closed"; readonly missing: string; readonly isPartlyConfigured: boolean };

/** Never throws: an incomplete setup disables the newsletter, not the library. */
export function newsletterState(bindings: unknown): NewsletterState {
  const given = bindings as Pick<Bindings, "MAIL_FROM" | "RESEND_API_KEY" | "MAIL_INBOX" | "ORIGIN" | "MAIL_QUOTA">;
  // The keys alone are used by other features, too.
  const isPartlyConfigured = Boolean(given.MAIL_FROM || given.RESEND_API_KEY);
  const closed = (missing: string): NewsletterState => ({ kind: "closed", missing, isPartlyConfigured });
  const result = v.safeParse(SettingsSchema, bindings);
  if (!result.success) {
    const [issue] = result.issues;
    const name = v.getDotPath(issue) ?? "A setting";
    return closed(`${name} ${issue.input === undefined ? "is not set" : issue.message}.`);
  }
  const { output } = result;
  if (!output.RESEND_API_KEY && !inboxIsOpen(given)) return closed("RESEND_API_KEY is not set.");
  return {
    kind: "open",
    settings: {
      keys: output.TOKEN_KEYS,
      from: formatMailbox(output.MAIL_FROM),
      resend: output.RESEND_API_KEY ? { url: output.RESEND_URL, apiKey: output.RESEND_API_KEY } : undefined,
      postalAddress: output.POSTAL_ADDRESS,
      authorEmail: output.AUTHOR_EMAIL?.address,
      turnstile:
        output.TURNSTILE_SITE_KEY && output.TURNSTILE_SECRET
          ? { siteKey: output.TURNSTILE_SITE_KEY, secret: output.TURNSTILE_SECRET }
          : undefined,
      quota: output.RESEND_API_KEY ? quotaOf(given) : { day: undefined, month: undefined },
      mailsPerRun: output.MAILS_PER_RUN,
      callsPerRun: output.CALLS_PER_RUN,
      countClicks: output.COUNT_MAIL_CLICKS === "yes",
    },
  };
}
