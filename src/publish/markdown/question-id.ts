/** Identifies a question by its words, so that what a reader's browser keeps about it survives every other edit. */
import type { Token } from "marked";
import { sha256 } from "../object-store.ts";
import { plainText } from "./token-text.ts";

/** What typesetting and small corrections change. */
const unimportant = /[\s.,;:!?'"‘’“”«»„…]/gu;

/**
 * The same for the same words and formulas, however they are marked up, broken into lines or punctuated: 40 bits, in
 * hexadecimal.
 */
export function questionId(question: readonly Token[]): string {
  const written = plainText(question) || question.map(({ raw }) => raw).join("");
  return sha256(written.normalize("NFC").toLowerCase().replace(unimportant, "")).slice(0, 10);
}
