/** Computes and compares entity tags (RFC 9110, section 8.8.3). */
import { sha256, toHex } from "../library/hash.ts";

/** A strong tag: 64 bits of the SHA-256 of the bytes. */
export async function etagOf(bytes: Uint8Array): Promise<string> {
  return `"${toHex((await sha256(bytes)).slice(0, 8))}"`;
}

/** A browser sends one tag of 18 characters, a proxy perhaps a few; this is about fifty. */
export const maxConditionLength = 1000;

/**
 * Whether `If-None-Match` names the tag. Weak comparison (RFC 9110, section 13.1.2), because the edge weakens tags when it
 * compresses. A header over the limit is ignored, and the response is the whole page, which is always correct.
 */
export function matchesEtag(ifNoneMatch: string, etag: string): boolean {
  if (ifNoneMatch.length > maxConditionLength) return false;
  if (ifNoneMatch === etag) return true;
  if (ifNoneMatch === "*") return true;
  return ifNoneMatch.split(",").some((candidate) => candidate.trim().replace(/^W\//, "") === etag);
}
