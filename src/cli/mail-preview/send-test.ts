/**
 * Sends a test email to the author through Resend's endpoint for single emails, the only one that accepts attachments:
 * images are embedded, because those of a draft have no public URL yet.
 * https://resend.com/docs/dashboard/emails/embed-inline-images
 */
import * as v from "valibot";
import { parseMailbox } from "../../library/mailbox.ts";
import { CommandError } from "../command-error.ts";
import { parseJson } from "../parse-json.ts";
import type { ChapterPreview } from "./chapter-preview.ts";
import type { MailSettings } from "./mail-settings.ts";

const Accepted = v.object({ id: v.string() });
const Refused = v.object({ name: v.optional(v.string(), ""), message: v.string() });

const timeoutMs = 60_000;

/** Throws unless the text is one email address on a public host, without a name. */
export function checkAddress(address: string): void {
  const result = parseMailbox(address, "");
  if (result.kind === "mailbox" && result.mailbox.address === address && result.mailbox.domain.includes(".")) return;
  throw new CommandError(`\`${address}\` is not an email address: write it like \`--to ada@example.org\`.`);
}

/** Returns the settings that a test needs, or throws a `CommandError` that says where to set them. */
export function checkSettings({ from, resendKey }: MailSettings): {
  readonly from: string;
  readonly resendKey: string;
} {
  if (resendKey === undefined) {
    throw new CommandError(
      "RESEND_API_KEY is not set. Put it in .dev.vars (`RESEND_API_KEY=re_…`), which git ignores, or set it in the environment.",
    );
  }
  if (from === undefined) {
    throw new CommandError(
      'MAIL_FROM is not set. Set it in [vars] of wrangler.toml, for example: MAIL_FROM = "Library <letters@example.org>".',
    );
  }
  return { from, resendKey };
}

/** Sends the test. Returns Resend's id of the email. */
export async function sendTest(preview: ChapterPreview, to: string, settings: MailSettings): Promise<string> {
  const { from, resendKey } = checkSettings(settings);
  const response = await ask(`${settings.resendUrl}/emails`, resendKey, testMail(preview, from, to));
  const text = await response.text();
  const answer = parseJson(text);
  const accepted = v.safeParse(Accepted, answer);
  if (response.ok && accepted.success) return accepted.output.id;
  const refused = v.safeParse(Refused, answer);
  const header = refused.success ? `${refused.output.name}: ${refused.output.message}` : text.slice(0, 200);
  throw new CommandError(`Resend rejected the email (${response.status} ${header}). ${adviceFor(response.status)}`);
}

function testMail({ message, pictures }: ChapterPreview, from: string, to: string) {
  const addresses = [...pictures.keys()];
  return {
    from,
    to: [to],
    subject: `[Test] ${message.subject}`,
    html: message.html.replace(/(?<=<img src=")[^"]*(?=")/g, (source) => {
      const index = addresses.indexOf(source);
      return index === -1 ? source : `cid:picture-${index}`;
    }),
    text: message.text,
    attachments: [...pictures.values()].map((picture, index) => ({
      filename: `picture-${index}.png`,
      content: Buffer.from(picture).toString("base64"),
      content_type: "image/png",
      content_id: `picture-${index}`,
    })),
  };
}

async function ask(url: string, key: string, body: unknown): Promise<Response> {
  try {
    return await fetch(url, {
      method: "POST",
      headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json", "User-Agent": "ml-blog" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    const reason =
      error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : error;
    throw new CommandError(
      `Resend cannot be reached (${reason}). The email may still have been sent: check the inbox.`,
    );
  }
}

function adviceFor(status: number): string {
  if (status === 401 || status === 403) return "Check RESEND_API_KEY, and that the domain of MAIL_FROM is verified.";
  if (status === 422) return "Check MAIL_FROM and the recipient address.";
  if (status === 429) return "Wait a while; Resend's free plan allows 100 emails a day.";
  return "Try again in a while.";
}
