/** Exports the Worker: the app, with the manifest that is bundled into it. */
import release from "../.release/manifest.json";
import { createApp } from "./app.ts";

export default createApp(release);
