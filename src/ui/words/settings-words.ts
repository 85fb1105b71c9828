/** Selects the wording of the reading settings. */
import { settings as en } from "./en-settings.ts";

const languages: Readonly<Record<string, typeof en>> = { en };

/** In the language of the page (BCP 47), or in English. */
export const settingsWords = (language: string): typeof en => languages[language.split("-")[0] ?? ""] ?? en;
