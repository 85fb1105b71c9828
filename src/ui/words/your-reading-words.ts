/** Selects the wording of the script of "Your reading". */
import { yourReadingScript as en } from "./en-your-reading.ts";

const languages: Readonly<Record<string, typeof en>> = { en };

/** In the language of the page (BCP 47), or in English. */
export const yourReadingWords = (language: string): typeof en => languages[language.split("-")[0] ?? ""] ?? en;
