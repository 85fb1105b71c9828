/** Rejects requests whose path is too long before any other work, so later code may scan the path more than once. */
import type { Words } from "../ui/words/words.ts";
import { noStore } from "./cache-control.ts";
import { securityHeaders } from "./security-headers.ts";

/** The longest valid path is that of a preview's image: 450 characters with the longest token that can be signed. */
export const maxPathLength = 512;

/** Returns a 414 (RFC 9110, section 15.5.15) if the path is over the limit. */
export function rejectLongPath({ url }: Pick<Request, "url">, words: Words): Response | undefined {
  // Most URLs are below the limit as a whole, and cost one comparison.
  if (url.length <= maxPathLength) return undefined;
  const start = url.indexOf("/", 8);
  const query = url.indexOf("?", start);
  if ((query === -1 ? url.length : query) - start <= maxPathLength) return undefined;
  return new Response(`${words.errors.tooLong(maxPathLength)}\n`, {
    status: 414,
    headers: { ...securityHeaders, "Content-Type": "text/plain; charset=utf-8", "Cache-Control": noStore },
  });
}
