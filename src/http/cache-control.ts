/** How long whom may keep what. */

/** Pages: kept, but asked about every time; a 304 costs the Worker next to nothing, and a new chapter shows at once. */
export const revalidate = "public, max-age=0, must-revalidate";

/** What is named after its own bytes never changes. */
export const immutable = "public, max-age=31536000, immutable";

export const noStore = "no-store";

/** Feeds are polled by machines: an hour is soon enough for them. */
export const hourly = "public, max-age=3600";
