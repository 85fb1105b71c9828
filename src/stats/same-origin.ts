/** Whether a page of the library itself sends a request. */

/**
 * Browsers say so (https://www.w3.org/TR/fetch-metadata/), older ones in `Origin`. Nothing for who says neither:
 * a program, or a very old browser.
 */
export function isFromHere({ url, headers }: Pick<Request, "url" | "headers">): boolean | undefined {
  const site = headers.get("Sec-Fetch-Site");
  if (site !== null) return site === "same-origin";
  const origin = headers.get("Origin");
  return origin === null ? undefined : URL.parse(origin)?.host === new URL(url).host;
}
