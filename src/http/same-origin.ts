/** Checks whether a request was sent by a page of the library. */

/**
 * By `Sec-Fetch-Site` (https://www.w3.org/TR/fetch-metadata/), or `Origin` in older browsers. Undefined if a request
 * has neither: it is from a bot or a very old browser.
 */
export function isFromHere({ url, headers }: Pick<Request, "url" | "headers">): boolean | undefined {
  const site = headers.get("Sec-Fetch-Site");
  if (site !== null) return site === "same-origin";
  const origin = headers.get("Origin");
  return origin === null ? undefined : URL.parse(origin)?.host === new URL(url).host;
}
