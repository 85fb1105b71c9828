/** Sends the requests to the hub (https://www.w3.org/TR/websub/) and to IndexNow (https://www.indexnow.org/documentation). */

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const timeoutMs = 10_000;
const indexNow = "https://api.indexnow.org/indexnow";

/** The most URLs that IndexNow accepts in a request. */
export const maxUrls = 10_000;

/** Why it failed; undefined if it was accepted. */
export type Failure = string | undefined;

/** Notifies the hub that the feed at this URL has changed. */
export const pingHub = (fetch: Fetch, hub: string, feed: string): Promise<Failure> =>
  post(fetch, hub, new URLSearchParams({ "hub.mode": "publish", "hub.url": feed }));

/** Submits new URLs of the library. The key file is at `/<key>.txt`. */
export const submitUrls = (fetch: Fetch, origin: string, key: string, paths: readonly string[]): Promise<Failure> =>
  post(
    fetch,
    indexNow,
    JSON.stringify({ host: new URL(origin).host, key, urlList: paths.map((path) => origin + path) }),
    { "Content-Type": "application/json; charset=utf-8" },
  );

async function post(
  fetch: Fetch,
  url: string,
  body: URLSearchParams | string,
  headers: Record<string, string> = {},
): Promise<Failure> {
  try {
    const response = await fetch(url, { method: "POST", body, headers, signal: AbortSignal.timeout(timeoutMs) });
    await response.body?.cancel();
    return response.ok ? undefined : `status ${response.status}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
