/** What Resend's plan sends a day and a month: the setting `MAIL_QUOTA`. */
import * as v from "valibot";

export interface Quota {
  /** Mails. Nothing where the plan has no such limit. */
  readonly day: number | undefined;
  readonly month: number | undefined;
}

/** Resend's free plan (https://resend.com/pricing, November 2026). */
export const freeQuota: Quota = { day: 100, month: 3000 };

const Part = v.pipe(
  v.string(),
  v.regex(/^(\d+|-)$/),
  v.transform((text) => (text === "-" ? undefined : Number(text))),
);
const Setting = v.pipe(
  v.string(),
  v.transform((text) => text.trim().split("/")),
  v.tuple([Part, Part]),
);

/** `100/3000`; `-/50000` has no limit a day. What is not set, or not of that form, is taken for the free plan. */
export function quotaOf({ MAIL_QUOTA }: { readonly MAIL_QUOTA?: string }): Quota {
  const parsed = v.safeParse(Setting, MAIL_QUOTA);
  return parsed.success ? { day: parsed.output[0], month: parsed.output[1] } : freeQuota;
}
