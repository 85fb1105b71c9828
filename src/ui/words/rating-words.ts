/** Selects the wording of the rating of an answer, without everything else that scripts say. */
import { rating as en } from "./en-rating.ts";

const languages: Readonly<Record<string, typeof en>> = { en };

/** In the language of the page (BCP 47), or in English. */
export const ratingWords = (language: string): typeof en => languages[language.split("-")[0] ?? ""] ?? en;
