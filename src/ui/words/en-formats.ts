/** Numbers, plurals and dates as they are written in Britain, like the rest of the English wording. */
import { formatsOf } from "./formats.ts";

export const { number, decimal, counted, plural, list, date } = formatsOf("en-GB");
