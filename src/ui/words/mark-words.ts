/** Selects the wording of marks in lists, without everything else that scripts say. */
import { marks as en } from "./en-marks.ts";

const languages: Readonly<Record<string, typeof en>> = { en };

/** In the language of the page (BCP 47), or in English. */
export const markWords = (language: string): typeof en => languages[language.split("-")[0] ?? ""] ?? en;
