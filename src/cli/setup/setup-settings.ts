/**
 * Reads the newsletter's settings from wrangler.toml, and rejects invalid ones before anything is requested from
 * Resend.
 */
import { parseMailbox } from "../../library/mailbox.ts";
import { href } from "../../routes.ts";
import { CommandError } from "../command-error.ts";
import { originProblem } from "../origin-problem.ts";
import { sectionName } from "../wrangler/bindings.ts";
import type { WranglerConfig } from "../wrangler/config.ts";

export interface SetupSettings {
  /** Name of the Worker. */
  readonly worker: string;
  readonly origin: string;
  /** Where Resend sends webhook events. */
  readonly webhookUrl: string;
  /** Sending domain. */
  readonly domain: string;
  /** The author's own mailbox, for DMARC reports. */
  readonly authorMailbox: { readonly address: string; readonly domain: string } | undefined;
  readonly resendUrl: string;
  /** MAIL_QUOTA as set; without it, the free plan applies. */
  readonly quota: unknown;
}

const example = "Library <letters@letters.example.org>";

/** Throws a `CommandError` that names the setting and the next step. */
export function readSetupSettings(config: Pick<WranglerConfig, "name" | "vars">): SetupSettings {
  const { ORIGIN: origin, MAIL_FROM: from, AUTHOR_EMAIL: author, RESEND_URL: url, MAIL_QUOTA: quota } = config.vars;
  const problem = originProblem(origin);
  if (problem !== undefined) {
    throw new CommandError(
      `${problem} Set ORIGIN in wrangler.toml to the public URL of the library, run \`npm run deploy\`, then run this command again.`,
    );
  }
  if (from === undefined) {
    throw new CommandError(
      `MAIL_FROM is not set. Set it in ${sectionName("vars")} of wrangler.toml, with a subdomain of your own domain: MAIL_FROM = "${example}".`,
    );
  }
  const sender = parseMailbox(String(from), example);
  if (sender.kind === "invalid") throw new CommandError(`MAIL_FROM ${sender.problem}.`);
  const { domain } = sender.mailbox;
  if (!domain.includes(".")) {
    throw new CommandError(
      `MAIL_FROM is at ${domain}, which cannot send email. Use a subdomain of your own domain: MAIL_FROM = "${example}".`,
    );
  }
  const parsedAuthor = typeof author === "string" ? parseMailbox(author, "") : undefined;
  return {
    worker: String(config.name),
    origin: String(origin),
    webhookUrl: `${origin}${href.webhook()}`,
    domain,
    authorMailbox: parsedAuthor?.kind === "mailbox" ? parsedAuthor.mailbox : undefined,
    resendUrl: typeof url === "string" ? url : "https://api.resend.com",
    quota,
  };
}
