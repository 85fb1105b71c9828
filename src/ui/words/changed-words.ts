/** Selects the wording of what has changed in a text since its reader knew it. */
import { changed as en } from "./en-changed.ts";

const languages: Readonly<Record<string, typeof en>> = { en };

/** In the language of the page (BCP 47), or in English. */
export const changedWords = (language: string): typeof en => languages[language.split("-")[0] ?? ""] ?? en;
