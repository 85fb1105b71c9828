/** The library with counting off: what counting costs is the difference to the real Worker. */
import release from "../../.release/manifest.json";
import { createApp } from "../../src/app.ts";
import { ReadingCounter } from "../../src/stats/reading-counter.ts";

class SilentCounter extends ReadingCounter {
  override countView(): void {
    // Nobody is counted here.
  }
}

export default createApp(release, new SilentCounter());
