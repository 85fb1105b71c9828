/** Reads the settings for composing emails from the environment, .dev.vars and wrangler.toml. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { formatMailbox, parseMailbox } from "../../library/mailbox.ts";
import { CommandError } from "../command-error.ts";
import { readConfig } from "../wrangler/config.ts";
import { readDevVars } from "../wrangler/dev-vars.ts";

export interface MailSettings {
  readonly origin: string;
  /** A formatted mailbox, parsed as the Worker does. */
  readonly from: string | undefined;
  readonly postalAddress: string | undefined;
  readonly resendKey: string | undefined;
  readonly resendUrl: string;
}

/** The only settings read from these sources. */
const names = ["ORIGIN", "MAIL_FROM", "POSTAL_ADDRESS", "RESEND_API_KEY", "RESEND_URL"] as const;

/** Precedence: the environment, .dev.vars, `[vars]`. */
export function readMailSettings(root: string): MailSettings {
  const sources = [process.env, readDevVars(root).values, readVars(root)];
  const setting = (name: (typeof names)[number]): string | undefined =>
    sources.map((source) => source[name]).find((value) => typeof value === "string" && value !== "");
  return {
    origin: setting("ORIGIN") ?? "http://localhost:8787",
    from: readSender(setting("MAIL_FROM")),
    postalAddress: setting("POSTAL_ADDRESS"),
    resendKey: setting("RESEND_API_KEY"),
    resendUrl: setting("RESEND_URL") ?? "https://api.resend.com",
  };
}

function readSender(from: string | undefined): string | undefined {
  if (from === undefined) return undefined;
  const result = parseMailbox(from, "Library <letters@example.org>");
  if (result.kind === "invalid") throw new CommandError(`MAIL_FROM ${result.problem}.`);
  return formatMailbox(result.mailbox);
}

type Source = Readonly<Record<string, string | undefined>>;

function readVars(root: string): Source {
  if (!existsSync(join(root, "wrangler.toml"))) return {};
  return readConfig(root).vars as Source;
}
