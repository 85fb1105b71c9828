/** Checks the writing direction of languages: that of their usual script, or of the one in the tag. */
import { expect, test } from "vitest";
import { directionOf } from "../../src/library/language.ts";

test.each([
  "ar",
  "ar-EG",
  "fa",
  "he",
  "iw",
  "ur",
  "yi",
  "ps",
  "sd",
  "ug",
  "ckb",
  "dv",
  "arc",
  "syr",
  "nqo",
  "pnb",
  "az-Arab",
  "az-IR",
  "pa-PK",
  "ff-Adlm",
])("%s is written from right to left", (language) => expect(directionOf(language)).toBe("rtl"));

test.each(["en", "de", "ru", "zh", "ja", "tr", "az", "ku", "pa", "ar-Latn", "yi-Latn", "hi", "en-GB"])(
  "%s is written from left to right",
  (language) => expect(directionOf(language)).toBe("ltr"),
);
