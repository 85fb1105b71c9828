/**
 * Parses and formats a mailbox (RFC 5322, section 3.4). Strict, with one rule for the Worker and the commands: a lenient
 * parser guesses, and may split one name into two mailboxes.
 */

export interface Mailbox {
  /** Display name, without quotation marks. */
  readonly name: string | undefined;
  /** ASCII; an internationalised domain is converted (RFC 5891). */
  readonly address: string;
  /** Domain of the address, in lower case. */
  readonly domain: string;
}

export type MailboxResult =
  | { readonly kind: "mailbox"; readonly mailbox: Mailbox }
  /** `problem` completes a sentence that begins with the setting's name, and shows the correct spelling. */
  | { readonly kind: "invalid"; readonly problem: string };

/** Of a display name. */
const maxNameLength = 200;
/** RFC 5321, sections 4.5.3.1.1 and 4.5.3.1.3: a path has 256 characters with its angle brackets. */
const maxLocalLength = 64;
const maxAddressLength = 254;

/** `specials` of RFC 5322, section 3.2.3. All other characters may be part of an atom, including non-ASCII letters (RFC 6532). */
const atom = String.raw`[^\s()<>\[\]:;@\\,."]+`;
const word = String.raw`(?:${atom}|"(?:[^"\\]|\\.)*")`;
const isPhrase = new RegExp(`^${word}(?: +${word})*$`);
const needsNoQuotes = new RegExp(`^${atom}(?: ${atom})*$`);
const localPart = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const lineBreakOrControl = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

/** `example` is shown if no correct spelling can be derived from the text. */
export function parseMailbox(text: string, example: string): MailboxResult {
  const line = text.trim();
  const invalid = (what: string): MailboxResult => {
    const spelling = correctSpelling(line);
    return { kind: "invalid", problem: spelling ? `${what}; write it as ${spelling}` : `must be like ${example}` };
  };
  if (lineBreakOrControl.test(line)) return invalid("contains a line break or a control character");
  const bracket = line.lastIndexOf("<");
  const isBracketed = bracket !== -1 && line.endsWith(">");
  const address = parseAddress(isBracketed ? line.slice(bracket + 1, -1).trim() : line);
  if (!address) return invalid("must be one email address, with or without a name");
  if (!isBracketed) return { kind: "mailbox", mailbox: { name: undefined, ...address } };
  const written = line.slice(0, bracket).trim();
  if (written.length > maxNameLength) return invalid(`has a name of more than ${maxNameLength} characters`);
  if (!isPhrase.test(written)) {
    if (written.includes('"')) return invalid("has a quotation mark that is not closed, or around part of the name");
    if (/[<>@]/.test(written)) return invalid("must be one email address, with or without a name");
  }
  return { kind: "mailbox", mailbox: { name: readName(written), ...address } };
}

/**
 * `"Smith, Jane" <jane@example.org>`: every parser reads one mailbox. Non-ASCII names are unchanged, because Resend
 * accepts UTF-8 and encodes it.
 */
export function formatMailbox({ name, address }: Pick<Mailbox, "name" | "address">): string {
  if (name === undefined) return address;
  const phrase = needsNoQuotes.test(name) ? name : `"${name.replace(/["\\]/g, "\\$&")}"`;
  return `${phrase} <${address}>`;
}

/** Text that is not a valid phrase has a character that needs quotation marks: all of it is the name. */
function readName(written: string): string | undefined {
  const name = isPhrase.test(written)
    ? written.replace(/"((?:[^"\\]|\\.)*)"/g, (_, quoted: string) => quoted.replace(/\\(.)/g, "$1"))
    : written;
  return name.replace(/ +/g, " ").trim() || undefined;
}

function parseAddress(text: string): Pick<Mailbox, "address" | "domain"> | undefined {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, Math.max(at, 0));
  const domain = asciiDomain(text.slice(at + 1));
  if (domain === undefined || local.length > maxLocalLength || !localPart.test(local)) return undefined;
  const address = `${local}@${domain}`;
  return address.length > maxAddressLength ? undefined : { address, domain: domain.toLowerCase() };
}

/** Unchanged if it is ASCII; otherwise with its labels converted. */
function asciiDomain(written: string): string | undefined {
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(written)) return undefined;
  const url = /^[\x20-\x7e]*$/.test(written) ? undefined : `http://${written}`;
  if (url !== undefined && !URL.canParse(url)) return undefined;
  const domain = url === undefined ? written : new URL(url).hostname;
  const labels = domain.split(".");
  const isName = labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(label));
  // If the last label is all digits, it is an IP address.
  return isName && !/^\d+$/.test(labels.at(-1) ?? "") ? domain : undefined;
}

/** For a text with exactly one email address: the rest must be the name. */
function correctSpelling(line: string): string | undefined {
  const found = line.match(/[^\s<>()[\]:;,"\\@]+@[^\s<>()[\]:;,"\\@]+/g) ?? [];
  const [written = ""] = found;
  const address = found.length === 1 ? parseAddress(written) : undefined;
  if (!address) return undefined;
  const name = line
    .replace(written, " ")
    .replace(/[<>@"\\\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/gu, " ")
    .replace(/\s+/g, " ")
    .replace(/^[\s,:;]+|[\s,:;]+$/g, "");
  return name.length > maxNameLength ? undefined : formatMailbox({ name: name || undefined, address: address.address });
}
