/**
 * Loads what few readers use when they first use it: a script in `on-demand/`, with the style sheet that has its name in
 * `../styles`, if there is one. Neither is a part of any page before.
 */
import { load } from "./load-module.ts";

/** Paths of the files, from the build. */
declare const SCRIPTS: Readonly<Record<"palette" | "card" | "progress" | "recall" | "settings", string>>;
declare const STYLES: Readonly<Record<"palette" | "card" | "recall" | "settings", string>>;

export const loadPalette = () => load<typeof import("./on-demand/palette.ts")>(SCRIPTS.palette, STYLES.palette);
export const loadCard = () => load<typeof import("./on-demand/card.ts")>(SCRIPTS.card, STYLES.card);
/** Adds nothing to the page, so it has no style. */
export const loadProgress = () => load<typeof import("./on-demand/progress.ts")>(SCRIPTS.progress);
export const loadRecall = () => load<typeof import("./on-demand/recall.ts")>(SCRIPTS.recall, STYLES.recall);
export const loadSettings = () => load<typeof import("./on-demand/settings.ts")>(SCRIPTS.settings, STYLES.settings);

/** Path of the script that writes the rules of the reading settings. It changes with the rules. */
export const settingsScript = SCRIPTS.settings;
