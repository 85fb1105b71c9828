/**
 * Reports how far and how long a page is read, when the reader leaves it. A report has no id of reader or visit: it says
 * how far the page had been read at the report before, and how far it has been read now. Readers who do not want to be
 * counted send none; what their own browser keeps (keep-progress.ts) is the same for everyone.
 */

/** Of one view: seconds in view, and depth in percent of the text, in quarters. */
export interface Progress {
  readonly seconds: number;
  readonly depth: number;
}

/** After this time without input, the reader is considered idle. */
const idleMs = 30_000;
const nothing = { seconds: 0, depth: 0 };

/** `keep` receives the progress after each input, and when the page is left. */
export function watchReading(keep: (now: Progress, isLeaving: boolean) => void): void {
  // Only chapters and overviews have an apparatus; the text ends at the first of these elements.
  const body = document.querySelector(".body:has(> .apparatus)");
  const end = body?.querySelector(":scope > :is(.neighbours, .apparatus)");
  const { doNotTrack, globalPrivacyControl } = navigator as Navigator & { readonly globalPrivacyControl?: boolean };
  if (!body || !end) return;
  const isCounted = doNotTrack !== "1" && !globalPrivacyControl;

  let milliseconds = 0;
  let depth = 0;
  /** Time of the last input; undefined while the page is hidden. */
  let since = document.hidden ? undefined : performance.now();
  let reported = nothing;

  const progress = (): Progress => ({ seconds: Math.round(milliseconds / 1000), depth });
  const settle = () => {
    if (since === undefined) return;
    const now = performance.now();
    milliseconds += Math.min(now - since, idleMs);
    since = now;
    const { top } = body.getBoundingClientRect();
    const share = (innerHeight - top) / (end.getBoundingClientRect().top - top);
    depth = Math.max(depth, Math.min(100, Math.floor(share * 4) * 25));
    keep(progress(), false);
  };
  const show = () => {
    since ??= performance.now();
  };
  const hide = () => {
    settle();
    since = undefined;
    const now = progress();
    keep(now, true);
    if (!isCounted) return;
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
