/** Reads the setting `MAIL_QUOTA`: how many emails Resend's plan allows per day and per month. */
import * as v from "valibot";

export interface Quota {
  /** In emails; undefined if the plan has no such limit. */
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

/** `100/3000`; `-/50000` has no daily limit. Unset or malformed: the free plan. */
export function quotaOf({ MAIL_QUOTA }: { readonly MAIL_QUOTA?: string }): Quota {
  const parsed = v.safeParse(Setting, MAIL_QUOTA);
  return parsed.success ? { day: parsed.output[0], month: parsed.output[1] } : freeQuota;
}
