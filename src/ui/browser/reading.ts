/**
 * Reports how far and how long a page is read, when the reader leaves it. A report has no id of reader or visit: it says
 * how far the page had been read at the report before, and how far it has been read now.
 */

/** After this time without input, the reader is considered idle. */
const idleMs = 30_000;
const nothing = { seconds: 0, depth: 0 };

export function watchReading(): void {
  // Only chapters and overviews have an apparatus; the text ends at the first of these elements.
  const body = document.querySelector(".body:has(> .apparatus)");
  const end = body?.querySelector(":scope > :is(.neighbours, .apparatus)");
  const { doNotTrack, globalPrivacyControl } = navigator as Navigator & { readonly globalPrivacyControl?: boolean };
  if (!body || !end || doNotTrack === "1" || globalPrivacyControl) return;

  let milliseconds = 0;
  let depth = 0;
  /** Time of the last input; undefined while the page is hidden. */
  let since = document.hidden ? undefined : performance.now();
  let reported = nothing;

  const settle = () => {
    if (since === undefined) return;
    const now = performance.now();
    milliseconds += Math.min(now - since, idleMs);
    since = now;
    if (depth === 100) return;
    const { top } = body.getBoundingClientRect();
    const share = (innerHeight - top) / (end.getBoundingClientRect().top - top);
    depth = Math.max(depth, Math.min(100, Math.floor(share * 4) * 25));
  };
  const show = () => {
    since ??= performance.now();
  };
  const hide = () => {
    settle();
    since = undefined;
    const now = { seconds: Math.round(milliseconds / 1000), depth };
    if (now.seconds === reported.seconds && now.depth === reported.depth) return;
    const report = JSON.stringify({ path: location.pathname, before: reported, now });
    if (navigator.sendBeacon("/stats/reading", report)) reported = now;
  };
  for (const sign of ["scroll", "pointermove", "pointerdown", "touchmove", "keydown"]) {
    addEventListener(sign, settle, { passive: true });
  }
  document.addEventListener("visibilitychange", () => (document.hidden ? hide() : show()));
  // A page in the back/forward cache is restored as it was and continues.
  addEventListener("pagehide", hide);
  addEventListener("pageshow", () => document.hidden || show());
}
