/** Selects the wording of the interface: all text of pages and emails except content. */
import { en } from "./en.ts";

/** Each further language is another object of this type. */
export type Words = typeof en;

const languages: readonly Words[] = [en];

/** The wording in this language (BCP 47), or in English. */
export const wordsFor = (language: string): Words =>
  languages.find(({ language: own }) => language === own || language.startsWith(`${own}-`)) ?? en;
