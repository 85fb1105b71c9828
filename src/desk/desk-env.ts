/** Declares the context variables of desk handlers, in addition to those of every handler. */
import type { AppEnv } from "../http/app-env.ts";

/** The signed-in author. */
export interface Author {
  /** Email address from Cloudflare Access, or the name of a service token. */
  readonly name: string;
}

export interface DeskEnv {
  readonly Bindings: AppEnv["Bindings"];
  readonly Variables: AppEnv["Variables"] & {
    readonly author: Author;
    /** CSRF token for forms (forms.ts). Undefined if TOKEN_KEYS is not set; pages then have no forms. */
    readonly formToken: string | undefined;
  };
}
