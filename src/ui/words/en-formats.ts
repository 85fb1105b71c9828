/** Formats numbers, plurals and dates in British English, like the rest of the wording. */
import { formatsOf } from "./formats.ts";

export const { number, decimal, counted, plural, list, listOf, date, dateRange } = formatsOf("en-GB");
