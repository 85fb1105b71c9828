/** A list that nobody's service wrote: a spreadsheet with some column of addresses, or addresses one below the other. */
import { Refusal } from "../preview/refusal.ts";
import { parseMoment } from "./moments.ts";
import type { Row } from "./read-table.ts";
import { type Cell, type Shape, standingOf } from "./shapes.ts";

const addressColumns = [
  "email",
  "e_mail",
  "email_address",
  "e_mail_address",
  "mail",
  "address",
  "e_mail_adresse",
  "email_adresse",
  "mailadresse",
  "adresse_e_mail",
  "courriel",
  "correo",
  "correo_electronico",
];
const stateColumns = ["status", "state", "subscription_status", "subscribed"];
const dateColumns = ["confirmed_at", "agreed_at", "subscribed_at", "created_at", "signup_date", "date", "datum"];

const isAddressLike = (cell: string): boolean => /^\s*(?:[^<>]*<)?[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+>?\s*$/.test(cell);

/** Whether the first row is addresses already, so that no row names the columns. */
export const hasNoHeader = ({ cells }: Row): boolean => cells.some(isAddressLike);

/**
 * How to read it. `consent` is where and how they agreed, in the author's words: the list itself does not prove it.
 * Throws a `Refusal` when no column holds addresses.
 */
export function plainShape(columns: readonly string[], rows: readonly Row[], consent: string | undefined): Shape {
  const sample = rows.slice(0, 20);
  const counts = (sample[0]?.cells ?? []).map(
    (_, index) => sample.filter(({ cells }) => isAddressLike(cells[index] ?? "")).length,
  );
  const most = Math.max(0, ...counts);
  // `Address` may be that of a house, and a column of any name may hold those of mail.
  const called = addressColumns.filter((name) => columns.includes(name));
  const named = called.find((name) => most === 0 || (counts[columns.indexOf(name)] ?? 0) > 0);
  const column = named === undefined ? counts.indexOf(most) : columns.indexOf(named);
  if (named === undefined && most === 0) {
    const seen = columns.filter((name) => name !== "").slice(0, 12);
    throw new Refusal(
      `No column of this list holds addresses.${seen.length > 0 ? ` Its columns: ${seen.map((name) => `\`${name}\``).join(", ")}.` : ""} Name the right one \`email\` in its first line.`,
    );
  }
  return {
    name: "list",
    title: columns.length > 1 ? "a spreadsheet" : "a plain list",
    isThis: () => true,
    read: (cell) => {
      const written = column >= 0 && columns[column] !== undefined ? cell(columns[column]) : "";
      const agreedAt = parseMoment(cell(...dateColumns));
      return {
        email: /<([^<>]+)>\s*$/.exec(written)?.[1] ?? written,
        standing: standingIn(cell) ?? (consent === undefined ? "unconfirmed" : "subscribed"),
        requestedAt: agreedAt,
        agreedAt,
        endedAt: parseMoment(cell("unsubscribed_at", "left_at")),
        frequency: "each",
        books: null,
        pausedUntil: null,
        page: "import:list",
        wording: consent ?? "",
      };
    },
  };
}

/** What takes somebody out counts; that somebody is called active proves nothing. */
function standingIn(cell: Cell) {
  const said = standingOf(
    cell(...stateColumns)
      .replace(/^(true|yes|1)$/i, "subscribed")
      .replace(/^(false|no|0)$/i, "unsubscribed"),
  );
  return said === "subscribed" ? undefined : said;
}
