/** Wording of what has changed in a text since its reader knew it, in English. Only its script has it. */
import { counted, plural } from "./en-formats.ts";

const passages = { one: "passage", other: "passages" };

/** The reader's own day. */
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });

export const changed = {
  /** `known`: in milliseconds since 1970. */
  title: (known: number) => `Changed since you read it on ${day.format(known)}`,
  /** `removed`: passages that are gone. */
  summary: (edited: number, removed: number) =>
    [
      edited > 0 &&
        `${counted(edited, passages)} ${plural(edited, { one: "is new or was edited", other: "are new or were edited" })}.`,
      removed > 0 && `${counted(removed, passages)} ${plural(removed, { one: "was", other: "were" })} removed.`,
    ]
      .filter(Boolean)
      .join(" "),
  show: "Show",
  dismiss: "Dismiss",
  previous: "Previous",
  next: "Next",
  done: "Done",
  /** Of the passage shown. */
  place: (number: number, total: number, isCut: boolean) =>
    `${number} of ${total}${isCut ? ": something was removed here" : ""}`,
};
