/** On the author's machine: asks a few times a second whether this page has changed, and shows the change. */

const intervalMs = 300;
let shown: string | null | undefined;

async function look(): Promise<void> {
  try {
    const response = await fetch(location.pathname, { method: "HEAD", cache: "no-store" });
    // While a mistake is being mended there may be no page: the last good one stays on the screen.
    const etag = response.ok ? response.headers.get("ETag") : undefined;
    if (etag && shown && etag !== shown) location.reload();
    if (etag) shown = etag;
  } catch {
    // The Worker is being restarted.
  }
  setTimeout(look, intervalMs);
}

void look();
