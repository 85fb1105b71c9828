/** Ticks what was read: a style sheet of the script's own, in place before the list is drawn. */
import { markWords } from "../../words/mark-words.ts";
import { readStored } from "../stored.ts";
import { showStoredStyles } from "../stored-styles.ts";
import { identitiesIn } from "./identities.ts";
import { tickRules } from "./tick-rules.ts";

export function showMarks(): void {
  const { read } = markWords(document.documentElement.lang);
  showRules((identities) => tickRules(identities, read));
}

/** `rulesOf`: the rules for texts that were read. */
export const showRules = (rulesOf: (identities: readonly string[]) => string): void =>
  showStoredStyles(() => rulesOf(identitiesIn(readStored("done"))));
