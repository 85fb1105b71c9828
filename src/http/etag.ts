/** Entity tags, RFC 9110 section 8.8.3. */
import { sha256, toHex } from "../library/hash.ts";

/** A strong tag from the bytes: 64 bits of their SHA-256. */
export async function etagOf(bytes: Uint8Array): Promise<string> {
  return `"${toHex((await sha256(bytes)).slice(0, 8))}"`;
}

/** A browser sends one tag of 18 characters, a cache in between perhaps a few; this is some fifty. */
export const maxConditionLength = 1000;

/** Whether `If-None-Match` names the tag. Weak comparison, RFC 9110 section 13.1.2: the edge weakens tags when it compresses. A header over the limit is not read, and the answer is the whole page, which is always right. */
export function matchesEtag(ifNoneMatch: string, etag: string): boolean {
  if (ifNoneMatch.length > maxConditionLength) return false;
  if (ifNoneMatch === etag) return true;
  if (ifNoneMatch === "*") return true;
  return ifNoneMatch.split(",").some((candidate) => candidate.trim().replace(/^W\//, "") === etag);
}
