/** Reads the style rules of the reading settings before the first paint. The browser keeps them whole: to write them needs more code than every page should load. */
import { readStored } from "../stored.ts";

/** Key of localStorage. */
export const settingsKey = "settings";

/** How the rules begin: paper has its own measures. Storage may hold anything; nothing else becomes a style of the page. */
export const screenOnly = "@media screen{";

/** Empty for a reader without settings. */
export function storedRules(): string {
  const { rules } = Object(readStored(settingsKey));
  return typeof rules === "string" && rules.startsWith(screenOnly) ? rules : "";
}
