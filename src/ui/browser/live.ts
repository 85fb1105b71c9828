/** Reloads a page that has changed, on the author's own machine: polls a few times per second. */

const intervalMs = 300;
let shown: string | null | undefined;

async function look(): Promise<void> {
  try {
    const response = await fetch(location.pathname, { method: "HEAD", cache: "no-store" });
    // While an error is being fixed, there may be no page: the last good one stays.
    const etag = response.ok ? response.headers.get("ETag") : undefined;
    if (etag && shown && etag !== shown) location.reload();
    if (etag) shown = etag;
  } catch {
    // The Worker is being restarted.
  }
  setTimeout(look, intervalMs);
}

void look();
