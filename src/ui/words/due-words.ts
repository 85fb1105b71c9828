/** Selects the wording of what is due, for the script of its page. */
import { due as en } from "./en-due.ts";

const languages: Readonly<Record<string, typeof en>> = { en };

/** In the language of the page (BCP 47), or in English. */
export const dueWords = (language: string): typeof en => languages[language.split("-")[0] ?? ""] ?? en;
