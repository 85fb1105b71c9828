/** Parses email addresses: as written for delivery, in lower case as identity, and normalised further for rate limits. */
import * as v from "valibot";
import { trimInvisible } from "../library/invisible.ts";

/** RFC 5321, section 4.5.3.1: a path has 256 characters with its brackets. */
const maxLength = 254;

const AddressSchema = v.pipe(
  v.string(),
  v.transform(trimInvisible),
  v.transform(withAsciiHost),
  v.maxLength(maxLength),
  // As browsers check an address: no blank, no control character, no angle bracket.
  v.rfcEmail(),
  // RFC 5321, sections 4.1.2 and 4.5.3.1.1: at most 64 characters, with dots only between others. Resend accepts no other.
  v.regex(/^(?=[^@]{1,64}@)[^.@]+(\.[^.@]+)*@/),
  // A host without a dot is a machine on a local network.
  v.regex(/@[^@]+\.[a-z][a-z0-9-]*[a-z0-9]$/i),
);

/**
 * `ann@bücher.example` -> `ann@xn--bcher-kva.example`: as browsers convert a host (UTS #46, see
 * https://url.spec.whatwg.org/#concept-domain-to-ascii), so that both spellings are the same subscriber.
 */
function withAsciiHost(address: string): string {
  const at = address.lastIndexOf("@") + 1;
  const host = address.slice(at);
  // These characters would end the host of a URL.
  const isForeign = /^[^\s#%/:<>?@[\\\]^|]+$/.test(host) && /[^\0-\x7f]/.test(host) && host.length <= maxLength;
  if (at === 0 || !isForeign || !URL.canParse(`https://${host}/`)) return address;
  return address.slice(0, at) + new URL(`https://${host}/`).hostname;
}

/** The address as written, with its host in ASCII; undefined if no email can be sent there. */
export function parseAddress(input: unknown): string | undefined {
  const result = v.safeParse(AddressSchema, input);
  return result.success ? result.output : undefined;
}

/** `r•••@example.org`: the owner recognises it, others learn no address. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf("@");
  const [first = "", ...more] = address.slice(0, Math.max(0, at));
  return `${more.length === 0 ? "" : first}•••${address.slice(at)}`;
}

/** The key of a subscriber. No provider in use distinguishes `A@` from `a@`. */
export const addressKey = (address: string): string => address.toLowerCase();

/** The mailbox that an address probably belongs to, for rate limits only: a provider may distinguish `a.b` from `ab`. */
export function limitIdentity(address: string): string {
  const key = addressKey(address);
  const at = key.lastIndexOf("@");
  const host = key.slice(at + 1);
  const name = key.slice(0, at).replace(/(?<=.)\+.*$/, "");
  return host === "gmail.com" || host === "googlemail.com"
    ? `${name.replaceAll(".", "")}@gmail.com`
    : `${name}@${host}`;
}
