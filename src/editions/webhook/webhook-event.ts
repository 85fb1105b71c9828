/**
 * Parses Resend's webhook events (https://resend.com/docs/webhooks/event-types) as far as the library needs them; unknown
 * fields are ignored.
 */
import type { WebhookEvent as ResendEvent } from "resend";
import * as v from "valibot";
import { headerText } from "../../mail/message.ts";
import type { SuppressionReason } from "../../subscribers/subscriber.ts";
import type { Report } from "../delivery.ts";

interface Event {
  /** `svix-id`. */
  readonly id: string;
  readonly type: string;
  /** When it happened, by Resend's clock. ISO 8601. */
  readonly createdAt: string;
}

export interface MailEvent extends Event {
  readonly kind: "mail";
  readonly about:
    | {
        readonly kind: "copy";
        readonly edition: string;
        readonly subscriber: string;
        /** Chapters in the email, as written by delivery-tags.ts. */
        readonly chapters: string | undefined;
      }
    /** By its id in the outbox. */
    | { readonly kind: "letter"; readonly letter: string };
  readonly report: Report;
  /** Resend's id of the email. */
  readonly mail: string | undefined;
  /** The only recipient; undefined if there is not exactly one. */
  readonly address: string | undefined;
  /** In one line, for `failed` and `bounced`. */
  readonly reason: string | undefined;
  /** Reason for suppressing the address. */
  readonly suppression: SuppressionReason | undefined;
}

export type WebhookEvent =
  | MailEvent
  /** Resend has suppressed the address, whatever email of the account was the reason. */
  | (Event & { readonly kind: "suppression"; readonly address: string; readonly reason: SuppressionReason })
  /** Another kind of event, or about an email without our tags. */
  | (Event & { readonly kind: "other" })
  /** Opens and clicks are neither counted nor recorded. */
  | { readonly kind: "uncounted" }
  | { readonly kind: "unreadable"; readonly problem: string };

/** A missing or malformed detail must not prevent recording the event. */
const detail = <const Schema extends v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>>(schema: Schema) =>
  v.fallback(v.nullish(schema), undefined);

const Text = detail(v.string());

const Envelope = v.object({ type: v.string(), created_at: Text });

/** Documented as an object; Resend sends a list. */
const Tags = v.union([
  v.pipe(
    v.array(v.object({ name: v.string(), value: v.string() })),
    v.transform((list) => new Map(list.map(({ name, value }) => [name, value]))),
  ),
  v.pipe(
    v.record(v.string(), v.string()),
    v.transform((tags) => new Map(Object.entries(tags))),
  ),
]);

const Mail = v.object({
  data: v.object({
    email_id: Text,
    to: detail(v.union([v.array(v.string()), v.string()])),
    tags: detail(Tags),
    bounce: detail(v.object({ type: Text, subType: Text, message: Text })),
    failed: detail(v.object({ reason: Text })),
    suppressed: detail(v.object({ type: Text, message: Text })),
  }),
});
type MailData = v.InferOutput<typeof Mail>["data"];

const Suppression = v.object({ data: v.object({ email: v.string(), origin: v.string() }) });

const mailReports = {
  "email.sent": "accept",
  // Not delivered yet, so it was accepted.
  "email.delivery_delayed": "accept",
  "email.failed": "fail",
  "email.suppressed": "fail",
  "email.delivered": "deliver",
  "email.bounced": "bounce",
  "email.complained": "complain",
} as const satisfies Partial<Record<ResendEvent, Report>>;
const reports: Readonly<Record<string, Report>> = mailReports;

/** Events the webhook subscribes to: `npm run newsletter -- setup` selects them, and the doctor checks them. */
export const webhookEvents: readonly ResendEvent[] = [
  ...(Object.keys(mailReports) as (keyof typeof mailReports)[]),
  "suppression.added",
];

const uncounted: readonly string[] = ["email.opened", "email.clicked"];

/** `text`: JSON of an event that was signed under that id. */
export function parseEvent(id: string, text: string): WebhookEvent {
  const json = parseJson(text);
  const envelope = v.safeParse(Envelope, json);
  if (!envelope.success) return unreadable("event", envelope.issues);
  const { type, created_at } = envelope.output;
  if (uncounted.includes(type)) return { kind: "uncounted" };
  const event = { id, type, createdAt: instant(created_at) };
  const report = reports[type];
  if (report !== undefined) {
    const mail = v.safeParse(Mail, json);
    return mail.success ? mailEvent(event, report, mail.output.data) : unreadable(type, mail.issues);
  }
  if (type === "suppression.added") {
    const added = v.safeParse(Suppression, json);
    if (!added.success) return unreadable(type, added.issues);
    const { email, origin } = added.output.data;
    // A suppression made by hand can be removed by hand: nothing follows until it stops an email.
    if (origin === "bounce" || origin === "complaint") {
      return { ...event, kind: "suppression", address: email, reason: origin };
    }
  }
  return { ...event, kind: "other" };
}

function mailEvent(event: Event, report: Report, data: MailData): WebhookEvent {
  const about = aboutWhat(data.tags ?? new Map());
  if (!about) return { ...event, kind: "other" };
  const [address, ...others] = [data.to ?? []].flat();
  return {
    ...event,
    kind: "mail",
    about,
    report,
    mail: data.email_id ?? undefined,
    address: others.length === 0 ? bareAddress(address) : undefined,
    reason: reasonOf(report, data),
    suppression: suppressionOf(event.type, data),
  };
}

/** `Ada <ada@example.org>` and `ada@example.org` are the same mailbox. */
const bareAddress = (written: string | undefined): string | undefined =>
  written === undefined ? undefined : (/<([^<>]+)>\s*$/.exec(written)?.[1] ?? written).trim();

function aboutWhat(tags: ReadonlyMap<string, string>): MailEvent["about"] | undefined {
  const [edition, subscriber, letter] = ["edition", "subscriber", "letter_id"].map((name) => tags.get(name));
  if (edition !== undefined && subscriber !== undefined)
    return { kind: "copy", edition, subscriber, chapters: tags.get("chapters") };
  return letter === undefined ? undefined : { kind: "letter", letter };
}

function reasonOf(report: Report, { bounce, failed, suppressed }: MailData): string | undefined {
  if (report === "bounce") return inOneLine([bounce?.type, bounce?.subType], bounce?.message, "bounced");
  if (report !== "fail") return undefined;
  return suppressed
    ? inOneLine([suppressed.type], suppressed.message, "suppressed by Resend")
    : inOneLine([], failed?.reason, "failed");
}

const inOneLine = (kinds: readonly (string | null | undefined)[], message: string | null | undefined, rest: string) =>
  headerText([kinds.filter(Boolean).join(" "), message].filter(Boolean).join(": ")) || rest;

/**
 * Temporary bounces do not count, however many: a permanent problem becomes a permanent bounce, and nothing would undo a
 * mistaken suppression. Without a type the event counts as Resend defines it: `email.bounced` means that the recipient's
 * mail server rejected the email permanently.
 */
function suppressionOf(type: string, { bounce }: MailData): SuppressionReason | undefined {
  if (type === "email.complained") return "complaint";
  const isForGood =
    type === "email.suppressed" ||
    (type === "email.bounced" && (bounce?.type ?? "permanent").toLowerCase() === "permanent");
  return isForGood ? "bounce" : undefined;
}

/** The same text for the same event, even if it does not say when it happened. */
function instant(text: string | null | undefined): string {
  const time = Date.parse(text ?? "");
  return new Date(Number.isNaN(time) ? 0 : time).toISOString();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const unreadable = (
  what: string,
  [issue]: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]],
): WebhookEvent => ({
  kind: "unreadable",
  problem: `${what}: ${v.getDotPath(issue) ?? "the whole payload"}: ${issue.message}`,
});
