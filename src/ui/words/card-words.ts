/** Selects the wording of the card that previews what a link leads to. */
import { card as en } from "./en-card.ts";

const languages: Readonly<Record<string, typeof en>> = { en };

/** In the language of the page (BCP 47), or in English. */
export const cardWords = (language: string): typeof en => languages[language.split("-")[0] ?? ""] ?? en;
