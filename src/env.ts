/** Validates bindings and settings: an error names the setting and how to fix it. */
import * as v from "valibot";

/** What the platform provides. Bindings come from wrangler.toml, settings from its `[vars]`. */
export interface Bindings {
  readonly ASSETS: Fetcher;
  readonly SHELF: KVNamespace;
  readonly DB: D1Database;
  readonly ORIGIN: string;
  readonly SHOW_UNPUBLISHED?: string;
  /** Where `npm start` lists mistakes in content/. */
  readonly PROBLEMS_URL?: string;
  /** `yes`: links in emails mark that they were followed from an email. */
  readonly COUNT_MAIL_CLICKS?: string;
  /** For the newsletter, all optional: see subscribers/settings.ts. */
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
  /** For the desk, which stays closed without them: see desk/access.ts. */
  readonly ACCESS_TEAM?: string;
  readonly ACCESS_AUD?: string;
  readonly DESK_OPEN?: string;
  /** For IndexNow, optional: see `indexNowKey`. */
  readonly INDEXNOW_KEY?: string;
  /** Quota of the plan at Resend: see mail/quota.ts. */
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
  /** Scheme and host of every absolute URL; never derived from a request. */
  readonly origin: string;
  /** On the author's own machine: drafts and scheduled chapters are shown and marked as such. */
  readonly showUnpublished: boolean;
}

/** Throws an error that names the setting and where to set it. */
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
  /** Part of the token. */
  readonly id: string;
  readonly secret: string;
}

/** `id:secret id:secret`: the first key signs, all of them verify. */
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
  // A token names its key, so the second of two keys with one id would never be tried.
  v.check((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, "must give each key a name of its own"),
);

/** The keys alone, for what needs them while the newsletter is not set up. Empty if unset or malformed. */
export function signingKeys(bindings: { readonly TOKEN_KEYS?: string }): readonly SigningKey[] {
  const keys = v.safeParse(TokenKeys, bindings.TOKEN_KEYS);
  return keys.success ? keys.output : [];
}

export type IndexNowKey =
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "none" }
  /** `problem` follows the setting's name. */
  | { readonly kind: "invalid"; readonly problem: string };

/** An invalid key disables IndexNow, not the library. */
export function indexNowKey({ INDEXNOW_KEY: key }: { readonly INDEXNOW_KEY?: unknown }): IndexNowKey {
  if (key === undefined || key === "") return { kind: "none" };
  return typeof key === "string" && /^[A-Za-z0-9-]{8,128}$/.test(key)
    ? { kind: "key", key }
    : { kind: "invalid", problem: "must be 8 to 128 letters (A to Z), digits and hyphens" };
}
