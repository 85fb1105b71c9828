/** Runs the library without counting: the difference to the real Worker is the cost of counting. */
import release from "../../.release/manifest.json";
import { createApp } from "../../src/app.ts";
import { ReadingCounter } from "../../src/stats/reading-counter.ts";

class SilentCounter extends ReadingCounter {
  override countView(): void {
    // Counts nothing.
  }
}

export default createApp(release, new SilentCounter());
