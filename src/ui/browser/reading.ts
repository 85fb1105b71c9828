/**
 * How far and how long a text is read, told to the library as sums when the reader leaves. There is no number
 * for the reader or the visit in it: each report says how far the page had come before, and how far now.
 */

/** Somebody who has done nothing for so long is not reading. */
const idleMs = 30_000;
const nothing = { seconds: 0, depth: 0 };

export function watchReading(): void {
  // Only chapters and overviews have an apparatus; the text ends where the first of these begins.
  const body = document.querySelector(".body:has(> .apparatus)");
  const end = body?.querySelector(":scope > :is(.book-contents, .feedback, .apparatus)");
  const { doNotTrack, globalPrivacyControl } = navigator as Navigator & { readonly globalPrivacyControl?: boolean };
  if (!body || !end || doNotTrack === "1" || globalPrivacyControl) return;

  let milliseconds = 0;
  let depth = 0;
  /** When the reader last did something; nothing while the page is out of view. */
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
  // A page that is kept for the back button comes back as it was, and goes on.
  addEventListener("pagehide", hide);
  addEventListener("pageshow", () => document.hidden || show());
}
