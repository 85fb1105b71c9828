/** The front door. */
import release from "../.release/manifest.json";
import { createApp } from "./app.ts";

export default createApp(release);
