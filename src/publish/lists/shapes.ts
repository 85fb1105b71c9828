/** The lists of other services, known by their columns: which one it is, and what each of its rows says. */

import { type Entry, type Standing, standings } from "./entry.ts";
import { asWritten } from "./formulas.ts";
import { parseMoment } from "./moments.ts";

/** A cell by the name of its column: lower case, everything else than letters and digits an underscore. Empty if there is none. */
export type Cell = (...names: readonly string[]) => string;

export type Said = Omit<Entry, "line">;

export interface Shape {
  /** Follows `import:` in the record of consent. */
  readonly name: string;
  /** As the report says it: `a Mailchimp export`. */
  readonly title: string;
  readonly isThis: (columns: ReadonlySet<string>) => boolean;
  /** `file`: its name, which says something with Mailchimp alone. */
  readonly read: (cell: Cell, file: string, columns: ReadonlySet<string>) => Said;
}

const nothing: Omit<Said, "page" | "wording" | "email" | "standing"> = {
  requestedAt: null,
  agreedAt: null,
  endedAt: null,
  frequency: "each",
  books: null,
  pausedUntil: null,
};

const from = (name: string, service: string) => ({
  ...nothing,
  page: `import:${name}`,
  wording: `Subscribed through ${service}, and taken along when the newsletter moved here`,
});

export const isTrue = (cell: string): boolean => /^(true|1|yes|y|wahr|ja|vrai|oui|verdadero|si|sí)$/i.test(cell.trim());

/** What `npm run subscribers -- export` writes. */
const own: Shape = {
  name: "export",
  title: "a list of this engine",
  isThis: (columns) => ["email", "state", "agreed_at", "agreed_wording"].every((name) => columns.has(name)),
  read: (written) => {
    const cell = (name: string) => asWritten(written(name));
    const state = cell("state");
    const left = state === "unsubscribed" ? "unsubscribed" : "unconfirmed";
    const reason = cell("suppression_reason") === "complaint" ? "complained" : "bounced";
    const frequency = cell("frequency");
    const books = cell("books").split(/\s+/).filter(Boolean);
    return {
      email: cell("email"),
      standing: state === "confirmed" ? "subscribed" : state === "suppressed" ? reason : left,
      requestedAt: parseMoment(cell("requested_at")),
      agreedAt: parseMoment(cell("agreed_at")),
      endedAt: parseMoment(cell("left_at")) ?? parseMoment(cell("suppressed_at")),
      frequency: frequency === "weekly" || frequency === "monthly" ? frequency : "each",
      books: books.length > 0 ? books : null,
      pausedUntil: parseMoment(cell("paused_until")),
      page: cell("agreed_page") || "import:export",
      wording: cell("agreed_wording"),
    };
  },
};

/** Three files, one each for who is subscribed, has left, and was cleaned because mail came back. */
const mailchimp: Shape = {
  name: "mailchimp",
  title: "a Mailchimp export",
  isThis: (columns) =>
    columns.has("email_address") &&
    ["optin_time", "confirm_time", "member_rating", "leid"].some((name) => columns.has(name)),
  read: (cell, file, columns) => {
    const confirmedAt = parseMoment(cell("confirm_time"));
    const read = {
      ...from("mailchimp", "Mailchimp"),
      email: cell("email_address"),
      requestedAt: parseMoment(cell("optin_time")) ?? confirmedAt,
      agreedAt: confirmedAt,
      endedAt: parseMoment(cell("clean_time")) ?? parseMoment(cell("unsub_time")),
    };
    const said = standingOf(cell("status"));
    const isComplaint = /spam|abuse|complain/i.test(cell("unsub_reason"));
    if (isComplaint) return { ...read, standing: "complained" };
    if (cell("clean_time") !== "" || (columns.has("clean_time") && said === undefined))
      return { ...read, standing: "bounced" };
    if (cell("unsub_time") !== "" || (columns.has("unsub_time") && said === undefined))
      return { ...read, standing: "unsubscribed" };
    if (said !== undefined && said !== "subscribed") return { ...read, standing: said };
    const isConfirmed = cell("confirm_time").trim() !== "" && !/^non-?subscribed/i.test(file);
    return { ...read, standing: isConfirmed ? "subscribed" : "unconfirmed" };
  },
};

/** Members confirm by a link in a mail. */
const ghost: Shape = {
  name: "ghost",
  title: "a Ghost export of members",
  isThis: (columns) => columns.has("email") && columns.has("subscribed_to_emails"),
  read: (cell) => ({
    ...from("ghost", "Ghost"),
    email: cell("email"),
    requestedAt: parseMoment(cell("created_at")),
    agreedAt: parseMoment(cell("created_at")),
    endedAt: parseMoment(cell("deleted_at")),
    standing: isTrue(cell("subscribed_to_emails")) && cell("deleted_at") === "" ? "subscribed" : "unsubscribed",
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
  blocked: "unconfirmed",
  spammy: "unconfirmed",
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
  read: (cell) => ({
    ...from("buttondown", "Buttondown"),
    email: cell("email_address", "email"),
    requestedAt: parseMoment(cell("creation_date")),
    agreedAt: parseMoment(cell("creation_date")),
    endedAt: parseMoment(cell("unsubscription_date")) ?? parseMoment(cell("undeliverability_date")),
    standing: buttondownTypes[cell("subscriber_type", "type").trim().toLowerCase()] ?? "unconfirmed",
  }),
};

const substack: Shape = {
  name: "substack",
  title: "a Substack export",
  isThis: (columns) => columns.has("email") && columns.has("email_disabled"),
  read: (cell) => ({
    ...from("substack", "Substack"),
    email: cell("email"),
    requestedAt: parseMoment(cell("created_at")),
    agreedAt: parseMoment(cell("created_at")),
    frequency: isTrue(cell("prefer_digests")) ? "weekly" : "each",
    standing: isTrue(cell("email_disabled")) ? "unsubscribed" : "subscribed",
  }),
};

/** What the dashboard of Substack exports, which has other columns. Who gets no mail there has an empty cell. */
const substackDashboard: Shape = {
  name: "substack",
  title: "an export of Substack's dashboard",
  isThis: (columns) => ["email", "subscription_type", "subscription_date"].every((name) => columns.has(name)),
  read: (cell, _file, columns) => ({
    ...from("substack", "Substack"),
    email: cell("email"),
    requestedAt: parseMoment(cell("subscription_date")),
    agreedAt: parseMoment(cell("subscription_date")),
    standing:
      columns.has("receiving_emails_for") && cell("receiving_emails_for").trim() === "" ? "unsubscribed" : "subscribed",
  }),
};

/** In the order in which they are tried. */
export const shapes: readonly Shape[] = [own, mailchimp, ghost, buttondown, substack, substackDashboard];

const standingWords: Readonly<Record<Standing, RegExp>> = {
  subscribed: /^(subscribed|active|confirmed|enabled|opted[- ]?in)$/i,
  unconfirmed: /^(pending|unconfirmed|non-?subscribed|transactional|archived|inactive)$/i,
  unsubscribed: /^(unsubscribed|left|opted[- ]?out|disabled|deleted)$/i,
  bounced: /^(cleaned|bounced|undeliverable)$/i,
  complained: /^(complained|complaint|spam|abuse)$/i,
};

/** What a column of states says; undefined for an empty cell, `unconfirmed` for a word that is not known. */
export function standingOf(cell: string): Standing | undefined {
  const word = cell.trim();
  if (word === "") return undefined;
  return standings.find((standing) => standingWords[standing].test(word)) ?? "unconfirmed";
}
