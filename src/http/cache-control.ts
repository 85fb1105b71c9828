/** Defines the `Cache-Control` values of responses. */

/** Pages: stored but revalidated every time. A 304 costs the Worker next to nothing, and a new chapter appears at once. */
export const revalidate = "public, max-age=0, must-revalidate";

/** For URLs that contain the hash of their content. */
export const immutable = "public, max-age=31536000, immutable";

export const noStore = "no-store";

/** Images whose links name their version. */
export const weekly = "public, max-age=604800";

/** For pages that change now and then, and read D1. */
export const fiveMinutes = "public, max-age=300";

/** Feeds are polled by machines: an hour's delay is acceptable. */
export const hourly = "public, max-age=3600";
