/** Checks the DNS records that Resend requires for the newsletter's domain. */
import { Resolver } from "node:dns/promises";
import { parseMailbox } from "../../library/mailbox.ts";
import { type Finding, ok, unseen, warning, wrong } from "./finding.ts";

/** Looks up the texts of TXT records and the hosts of MX records. Throws the errors of `node:dns`. */
export interface Lookup {
  readonly txt: (name: string) => Promise<string[]>;
  readonly mx: (name: string) => Promise<string[]>;
}

export function systemLookup(): Lookup {
  const resolver = new Resolver({ timeout: 4000, tries: 2 });
  return {
    txt: async (name) => (await resolver.resolveTxt(name)).map((parts) => parts.join("")),
    mx: async (name) => (await resolver.resolveMx(name)).map(({ exchange }) => exchange),
  };
}

interface Wanted {
  readonly what: string;
  readonly kind: "txt" | "mx";
  readonly names: readonly string[];
  readonly fits: RegExp;
  /** The record as entered at the DNS provider. */
  readonly like: string;
}

/** `Library <letters@letters.example.org>` -> `letters.example.org`. */
export function mailDomain(from: unknown): string | undefined {
  const result = typeof from === "string" ? parseMailbox(from, "") : undefined;
  return result?.kind === "mailbox" ? result.mailbox.domain : undefined;
}

const wantedFor = (domain: string): Wanted[] => [
  {
    what: "DNS: return path",
    kind: "mx",
    names: [`send.${domain}`],
    fits: /amazonses\.com$|resend\./,
    like: "MX feedback-smtp.<region>.amazonses.com",
  },
  {
    what: "DNS: SPF",
    kind: "txt",
    names: [`send.${domain}`],
    fits: /^v=spf1\b/,
    like: 'TXT "v=spf1 include:amazonses.com ~all"',
  },
  {
    what: "DNS: DKIM",
    kind: "txt",
    names: [`resend._domainkey.${domain}`],
    fits: /\bp=\S/,
    like: 'TXT "p=…", as Resend shows it',
  },
  // A subdomain without its own DMARC record uses that of the parent domain (RFC 9989).
  {
    what: "DNS: DMARC",
    kind: "txt",
    names: [`_dmarc.${domain}`, ...above(domain)],
    fits: /^v=DMARC1\b/,
    like: 'TXT "v=DMARC1; p=none; rua=mailto:you@example.org"',
  },
];
const above = (domain: string): string[] =>
  domain.split(".").length > 2 ? [`_dmarc.${domain.split(".").slice(1).join(".")}`] : [];

/** Without `lookup`, only lists the expected records. */
export const checkDns = (domain: string, lookup: Lookup | undefined): Promise<Finding[]> =>
  Promise.all(wantedFor(domain).map((wanted) => checkRecord(wanted, lookup)));

async function checkRecord({ what, kind, names, fits, like }: Wanted, lookup: Lookup | undefined): Promise<Finding> {
  const wanted = `${names[0]}  ${like}`;
  if (!lookup) return unseen(what, `expected: ${wanted}`);
  const found: string[] = [];
  for (const name of names) {
    try {
      const values = await lookup[kind](name);
      const fit = values.find((value) => fits.test(value));
      if (fit !== undefined) return ok(what, `${name}  ${fit.length > 60 ? `${fit.slice(0, 57)}…` : fit}`);
      found.push(...values);
    } catch (error) {
      const { code } = error as { code?: string };
      // Any other code means that the lookup failed, not that the record is missing.
      if (code !== "ENODATA" && code !== "ENOTFOUND")
        return unseen(what, `could not be looked up (${code ?? "no answer"}); expected: ${wanted}`);
    }
  }
  if (found.length === 0)
    return wrong(what, `${names[0]} has no matching record`, `Add it at your DNS provider: ${like}.`);
  return warning(what, `${names[0]} says ${found.join(", ").slice(0, 80)}`, `Expected: ${like}.`);
}
