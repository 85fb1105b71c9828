/** Opens an answer to a reader in the author's email client: it cannot be sent twice, and the answer comes back to it. */

/** Characters of the quoted message: a longer URL does not open in every email client. */
const maxQuoted = 1200;

interface Answer {
  readonly address: string;
  readonly subject: string;
  readonly greeting: string;
  readonly quote: string | null;
  readonly message: string;
}

/** RFC 6068: lines end with CRLF. */
export function answerLink({ address, subject, greeting, quote, message }: Answer): string {
  const written = [...(quote === null ? [] : [`“${quote}”`, ""]), message].join("\n");
  const shown = [...written].length > maxQuoted ? `${[...written].slice(0, maxQuoted).join("")}…` : written;
  const body = ["", greeting, "", ...shown.split("\n").map((line) => `> ${line}`)].join("\r\n");
  const to = encodeURIComponent(address).replace("%40", "@");
  return `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}
