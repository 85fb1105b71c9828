/** Bindings and settings, checked once: what is missing is said in a sentence that helps. */
import * as v from "valibot";

/** What the platform hands over. Bindings come from wrangler.toml, settings from its `[vars]`. */
export interface Bindings {
  readonly ASSETS: Fetcher;
  readonly SHELF: KVNamespace;
  readonly DB: D1Database;
  readonly ORIGIN: string;
  readonly SHOW_UNPUBLISHED?: string;
  /** `yes`: links of mails say that they were followed from a mail. */
  readonly COUNT_MAIL_CLICKS?: string;
  /** The newsletter's: subscribers/settings.ts reads them, and is content with none. */
  readonly TOKEN_KEYS?: string;
  readonly MAIL_FROM?: string;
  readonly RESEND_API_KEY?: string;
  readonly RESEND_WEBHOOK_SECRET?: string;
  readonly RESEND_URL?: string;
  readonly POSTAL_ADDRESS?: string;
  readonly AUTHOR_EMAIL?: string;
  readonly TURNSTILE_SITE_KEY?: string;
  readonly TURNSTILE_SECRET?: string;
  readonly MAILS_PER_RUN?: string;
  readonly CALLS_PER_RUN?: string;
  readonly MAIL_INBOX?: string;
  /** The desk's: desk/access.ts reads them, and stays closed with none. */
  readonly ACCESS_TEAM?: string;
  readonly ACCESS_AUD?: string;
  readonly DESK_OPEN?: string;
  /** What Resend's plan sends: mail/quota.ts. */
  readonly MAIL_QUOTA?: string;
}

const origin = v.pipe(
  v.string("is not set"),
  v.url("is not an address"),
  v.check((text) => new URL(text).origin === text, "must be like https://example.org, with nothing after the host"),
);

const SettingsSchema = v.object({
  ORIGIN: origin,
  SHOW_UNPUBLISHED: v.optional(v.picklist(["yes", "no"], "must be yes or no"), "no"),
});

export interface Settings {
  /** Scheme and host of every absolute URL; never taken from a request. */
  readonly origin: string;
  /** On the author's own machine: drafts and scheduled chapters are shown, and marked. */
  readonly showUnpublished: boolean;
}

/** Throws a sentence that names the setting and the place where it belongs. */
export function parseSettings(bindings: unknown): Settings {
  const result = v.safeParse(SettingsSchema, bindings);
  if (result.success) {
    return { origin: result.output.ORIGIN, showUnpublished: result.output.SHOW_UNPUBLISHED === "yes" };
  }
  const [issue] = result.issues;
  const name = v.getDotPath(issue) ?? "A setting";
  const problem = issue.input === undefined ? "is not set" : issue.message;
  throw new Error(
    `${name} ${problem}. Put it into [vars] of wrangler.toml, for example: ORIGIN = "https://library.example.org".`,
  );
}

export interface SigningKey {
  /** Stands in the token. */
  readonly id: string;
  readonly secret: string;
}

/** `id:secret id:secret`: the first one signs, all of them are believed. */
export const TokenKeys = v.pipe(
  v.string(),
  v.trim(),
  v.regex(
    /^[a-z0-9]+:\S{32,}(\s+[a-z0-9]+:\S{32,})*$/,
    "must be like k1:SECRET, with at least 32 characters of secret",
  ),
  v.transform((text) =>
    text.split(/\s+/).map((pair) => ({
      id: pair.slice(0, pair.indexOf(":")),
      secret: pair.slice(pair.indexOf(":") + 1),
    })),
  ),
  // A link names its key: of two with one name the second would never be tried.
  v.check((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, "must give each key a name of its own"),
);

/** The keys alone, for what goes on while the newsletter is closed. None when they are not set, or wrong. */
export function signingKeys(bindings: { readonly TOKEN_KEYS?: string }): readonly SigningKey[] {
  const keys = v.safeParse(TokenKeys, bindings.TOKEN_KEYS);
  return keys.success ? keys.output : [];
}
