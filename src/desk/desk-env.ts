/** What a handler of the desk finds in its context, beyond what every handler finds. */
import type { AppEnv } from "../http/app-env.ts";

/** Who is logged in. */
export interface Author {
  /** Their address, as Cloudflare Access knows it; the name of a service token otherwise. */
  readonly name: string;
}

export interface DeskEnv {
  readonly Bindings: AppEnv["Bindings"];
  readonly Variables: AppEnv["Variables"] & {
    readonly author: Author;
    /** For the forms of a page (forms.ts). Undefined where TOKEN_KEYS is not set: then there is nothing to send. */
    readonly formToken: string | undefined;
  };
}
