/** Prints the DNS records that a sending domain needs, as a table to copy from. */
import { inColumns } from "../terminal.ts";
import type { Domain } from "./resend-account.ts";
import type { SetupSettings } from "./setup-settings.ts";

type Row = readonly [status: string, type: string, name: string, priority: string, value: string];

const header: Row = ["Status", "Type", "Name", "Priority", "Value"];

/**
 * Lists SPF and DKIM from Resend and a suggested DMARC record: mailbox providers require all three. Values are the last
 * column, because DKIM's has 220 characters.
 */
export function showRecords(domain: Domain, { authorMailbox }: Pick<SetupSettings, "authorMailbox">): string {
  const zone = zoneOf(domain);
  const needed = domain.records.filter(({ record }) => record === "SPF" || record === "DKIM");
  const rows: Row[] = [
    header,
    ...needed.map(
      ({ status, type, name, priority, value }): Row => [
        status.replaceAll("_", " "),
        type,
        name,
        priority == null ? "" : String(priority),
        value.replace(/^"(.*)"$/, "$1"),
      ],
    ),
    ["yours to add", "TXT", ["_dmarc", ...below(domain.name, zone)].join("."), "", dmarc(domain.name, authorMailbox)],
  ];
  return [
    `Add these DNS records for ${domain.name} at the DNS provider of ${zone} (names are relative to it):`,
    "",
    ...inColumns(rows, "  "),
  ].join("\n");
}

/** `letters.example.org` with a record `send.letters` is in the zone `example.org`. */
function zoneOf({ name, records }: Domain): string {
  const labels = name.split(".");
  const record = records.find(({ record: kind }) => kind === "DKIM" || kind === "SPF")?.name.split(".") ?? [];
  for (let count = labels.length - 1; count > 0; count -= 1) {
    if (record.slice(-count).join(".") === labels.slice(0, count).join(".")) return labels.slice(count).join(".");
  }
  return name;
}

const below = (name: string, zone: string): string[] =>
  name === zone ? [] : name.slice(0, -zone.length - 1).split(".");

/** Reports go to the author only within the same domain: another domain would have to authorise them (RFC 9990). */
function dmarc(domain: string, author: SetupSettings["authorMailbox"]): string {
  const isOwn = author !== undefined && (domain === author.domain || domain.endsWith(`.${author.domain}`));
  return `v=DMARC1; p=none;${isOwn ? ` rua=mailto:${author.address}` : ""}`;
}
