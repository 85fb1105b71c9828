/** The wording of the interface in each language: everything that pages and emails say themselves, content aside. */
import { en } from "./en.ts";

/** Another language is one more file, with an object of this type. */
export type Words = typeof en;

const languages: readonly Words[] = [en];

/** In that language (BCP 47), or in English. */
export const wordsFor = (language: string): Words =>
  languages.find(({ language: own }) => language === own || language.startsWith(`${own}-`)) ?? en;
