/**
 * Loads the script that keeps, in the reader's own browser, what was read and where: at once for a text that is on
 * record, so that it opens where the reader was; otherwise after a few seconds of reading, so that a glance leaves no
 * trace.
 */
import { loadProgress } from "./on-demand.ts";
import type { Progress } from "./reading.ts";

const glanceSeconds = 5;

export function keepProgress(): (now: Progress, isLeaving: boolean) => void {
  const { id } = document.body.dataset;
  let loaded: Promise<((now: Progress, isLeaving: boolean) => void) | undefined> | undefined;
  const load = () => {
    loaded ??= loadProgress().then(
      ({ start }) => start(),
      () => undefined,
    );
  };
  try {
    if (id && localStorage.getItem("reading")?.includes(`"${id}"`)) load();
  } catch {
    // Storage may be blocked; then nothing is on record.
  }
  return (now, isLeaving) => {
    if (id && now.seconds >= glanceSeconds) load();
    loaded?.then((keep) => keep?.(now, isLeaving));
  };
}
