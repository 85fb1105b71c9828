/** Validates the manifest when the isolate starts, as the Worker did before the build did it. */
import release from "../../.release/manifest.json";
import { createApp } from "../../src/app.ts";
import { parseManifest } from "../../src/library/manifest.ts";

export default createApp(parseManifest(release));
