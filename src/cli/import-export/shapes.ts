/** Defines the export formats of other services: how to recognise their columns, and the meaning of their rows. */
import { CommandError } from "../command-error.ts";
import { addressColumns } from "./address-columns.ts";
import { type Entry, mostCautious, type Standing } from "./entry.ts";
import { parseMoment } from "./moments.ts";
import { isBlank, standingOf, truthOf } from "./status-words.ts";

/**
 * One row by column name: lower case, with an underscore for anything but letters and digits. Of several names, the
 * first existing column counts.
 */
export interface RowReader {
  /** Empty if the column does not exist. */
  readonly cell: (...names: readonly string[]) => string;
  /** Date of consent or request; null if empty, or invalid, which is reported. */
  readonly at: (...names: readonly string[]) => string | null;
  /** Date of the unsubscribe or bounce. */
  readonly endedAt: (...names: readonly string[]) => string | null;
  /** Meaning of a status word; an unknown one is reported. */
  readonly state: (name: string, meaning: (word: string) => Standing | undefined) => Standing | undefined;
  readonly has: (name: string) => boolean;
  /** File name; only Mailchimp's is meaningful. */
  readonly file: string;
}

export type ParsedRow = Omit<Entry, "line">;

export interface Shape {
  /** Follows `import:` in the record of consent. */
  readonly name: string;
  /** Description in the report: `a Mailchimp export`. */
  readonly title: string;
  readonly isThis: (columns: ReadonlySet<string>) => boolean;
  /** Columns with a known meaning. All others are searched for status words, as in a list from an unknown service. */
  readonly known: readonly string[];
  readonly read: (row: RowReader) => ParsedRow;
}

const nothing: Omit<ParsedRow, "page" | "wording" | "email" | "standing"> = {
  requestedAt: null,
  agreedAt: null,
  endedAt: null,
  frequency: "each",
  books: null,
  pausedUntil: null,
  correctionsSince: null,
};

const from = (name: string, service: string) => ({
  ...nothing,
  page: `import:${name}`,
  wording: `Subscribed through ${service}; imported when the newsletter moved here`,
});

/** Reads yes or no as a status; any other non-empty cell is reported. */
const yesOrNo =
  (yes: Standing, no: Standing) =>
  (cell: string): Standing | undefined => {
    const truth = truthOf(cell);
    return truth === undefined ? undefined : truth ? yes : no;
  };

/** Written by `npm run subscribers -- export`. */
const own: Shape = {
  name: "export",
  title: "an export from this engine",
  isThis: (columns) => ["email", "state", "agreed_at", "agreed_wording"].every((name) => columns.has(name)),
  known: [
    ...["email", "state", "requested_at", "agreed_at", "agreed_page", "agreed_wording", "left_at", "suppressed_at"],
    ...["suppression_reason", "frequency", "books", "paused_until", "corrections_since"],
  ],
  read: ({ cell, at, endedAt, state }) => {
    const reason = cell("suppression_reason") === "complaint" ? "complained" : "bounced";
    const standing = state("state", (word) =>
      word === "suppressed"
        ? reason
        : word === "pending"
          ? "unconfirmed"
          : word === "confirmed"
            ? "subscribed"
            : word === "unsubscribed"
              ? word
              : undefined,
    );
    const frequency = cell("frequency");
    const books = cell("books").split(/\s+/).filter(Boolean);
    return {
      email: cell("email"),
      standing: standing ?? "unconfirmed",
      agreedAt: at("agreed_at"),
      requestedAt: at("requested_at"),
      endedAt: endedAt("left_at") ?? endedAt("suppressed_at"),
      frequency: frequency === "weekly" || frequency === "monthly" ? frequency : "each",
      books: books.length > 0 ? books : null,
      pausedUntil: pauseIn(cell("paused_until")),
      correctionsSince: at("corrections_since"),
      page: cell("agreed_page") || "import:export",
      wording: cell("agreed_wording"),
    };
  },
};

/** Throws on an invalid date: without it, a paused subscriber would be emailed. */
function pauseIn(cell: string): string | null {
  const at = parseMoment(cell);
  if (at !== null || cell === "") return at;
  throw new CommandError(
    `\`paused_until\` has an ambiguous or invalid date: \`${cell}\`. Write it as 2026-04-01 in the file.`,
  );
}

/** Mailchimp exports three files: subscribed, unsubscribed, and cleaned (bounced) contacts. */
const mailchimp: Shape = {
  name: "mailchimp",
  title: "a Mailchimp export",
  isThis: (columns) =>
    addressColumns.some((name) => columns.has(name)) &&
    ["optin_time", "confirm_time", "member_rating", "leid"].some((name) => columns.has(name)),
  known: [
    ...[...addressColumns, "member_rating", "optin_time", "optin_ip", "confirm_time", "confirm_ip", "status"],
    ...["unsub_time", "unsub_campaign_title", "unsub_campaign_id", "unsub_reason", "unsub_reason_other"],
    ...["clean_time", "clean_campaign_title", "clean_campaign_id", "last_changed", "leid", "euid", "region", "cc"],
  ],
  read: ({ cell, at, endedAt, state, has, file }) => {
    const isFilled = (name: string): boolean => !isBlank(cell(name));
    const confirmedAt = at("confirm_time");
    const read = {
      ...from("mailchimp", "Mailchimp"),
      email: cell(...addressColumns),
      agreedAt: confirmedAt,
      requestedAt: at("optin_time") ?? confirmedAt,
      endedAt: endedAt("clean_time") ?? endedAt("unsub_time"),
    };
    const standing = state("status", known);
    const isComplaint = /spam|abuse|complain/i.test(cell("unsub_reason"));
    const isConfirmed = isFilled("confirm_time") && !/^non-?subscribed/i.test(file);
    return {
      ...read,
      standing: mostCautious(
        isComplaint ? "complained" : "subscribed",
        isFilled("clean_time") || (has("clean_time") && standing === undefined) ? "bounced" : "subscribed",
        isFilled("unsub_time") || (has("unsub_time") && standing === undefined) ? "unsubscribed" : "subscribed",
        standing ?? "subscribed",
        isConfirmed ? "subscribed" : "unconfirmed",
      ),
    };
  },
};

const known = (word: string): Standing | undefined => {
  const standing = standingOf(word);
  return standing === "unknown" ? undefined : standing;
};

/** Members confirm through a link in an email. `email_disabled`: emails bounced. */
const ghost: Shape = {
  name: "ghost",
  title: "a Ghost export of members",
  isThis: (columns) => columns.has("email") && columns.has("subscribed_to_emails"),
  known: [
    ...["id", "email", "subscribed_to_emails", "email_disabled", "complimentary_plan", "stripe_customer_id"],
    ...["created_at", "tiers", "gift_id"],
  ],
  read: ({ cell, at, endedAt, state }) => ({
    ...from("ghost", "Ghost"),
    email: cell("email"),
    requestedAt: at("created_at"),
    agreedAt: at("created_at"),
    endedAt: endedAt("deleted_at"),
    standing: mostCautious(
      state("subscribed_to_emails", yesOrNo("subscribed", "unsubscribed")) ?? "unsubscribed",
      state("email_disabled", yesOrNo("bounced", "subscribed")) ?? "subscribed",
    ),
  }),
};

/** https://docs.buttondown.com/api-subscribers-type */
const buttondownTypes: Readonly<Record<string, Standing>> = {
  regular: "subscribed",
  premium: "subscribed",
  gifted: "subscribed",
  trialed: "subscribed",
  unpaid: "subscribed",
  churning: "subscribed",
  churned: "subscribed",
  past_due: "subscribed",
  paused: "subscribed",
  unactivated: "unconfirmed",
  spammy: "unconfirmed",
  blocked: "unsubscribed",
  unsubscribed: "unsubscribed",
  removed: "unsubscribed",
  undeliverable: "bounced",
  complained: "complained",
};

const buttondown: Shape = {
  name: "buttondown",
  title: "a Buttondown export",
  isThis: (columns) =>
    (columns.has("email") || columns.has("email_address")) &&
    (columns.has("subscriber_type") || (columns.has("type") && columns.has("creation_date"))),
  known: ["email", "email_address", "subscriber_type", "type", "source", "creation_date", "churn_date", "referrer_url"],
  read: ({ cell, at, endedAt, state, has }) => ({
    ...from("buttondown", "Buttondown"),
    email: cell("email_address", "email"),
    requestedAt: at("creation_date"),
    agreedAt: at("creation_date"),
    endedAt: endedAt("unsubscription_date") ?? endedAt("undeliverability_date"),
    standing:
      state(has("subscriber_type") ? "subscriber_type" : "type", (word) => buttondownTypes[word.toLowerCase()]) ??
      "unconfirmed",
  }),
};

const substack: Shape = {
  name: "substack",
  title: "a Substack export",
  isThis: (columns) => columns.has("email") && columns.has("email_disabled"),
  known: [
    ...["email", "active_subscription", "expiry", "plan", "email_disabled", "prefer_digests", "created_at"],
    ...["first_payment_at", "subscription_type", "digest_enabled"],
  ],
  read: ({ cell, at, state }) => ({
    ...from("substack", "Substack"),
    email: cell("email"),
    requestedAt: at("created_at"),
    agreedAt: at("created_at"),
    frequency: truthOf(cell("prefer_digests")) === true ? "weekly" : "each",
    standing: state("email_disabled", yesOrNo("unsubscribed", "subscribed")) ?? "subscribed",
  }),
};

/** The export of Substack's dashboard has different columns. An empty `receiving_emails_for` means no emails. */
const substackDashboard: Shape = {
  name: "substack",
  title: "an export from Substack's dashboard",
  isThis: (columns) => ["email", "subscription_type", "subscription_date"].every((name) => columns.has(name)),
  known: [
    ...["email", "subscription_type", "subscription_date", "activity", "revenue", "receiving_emails_for"],
    // Dates of a paid subscription: someone who ends it still gets free posts.
    ...["cancel_date", "cancellation_date", "expiration_date", "start_date", "paid_upgrade_date", "first_paid_date"],
  ],
  read: ({ cell, at, has }) => ({
    ...from("substack", "Substack"),
    email: cell("email"),
    requestedAt: at("subscription_date"),
    agreedAt: at("subscription_date"),
    standing: has("receiving_emails_for") && cell("receiving_emails_for") === "" ? "unsubscribed" : "subscribed",
  }),
};

/** In order of precedence. */
export const shapes: readonly Shape[] = [own, mailchimp, ghost, buttondown, substack, substackDashboard];
