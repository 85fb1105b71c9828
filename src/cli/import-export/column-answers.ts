/** Parses the author's `--column` options: `Mail state: A=subscribed, B=unsubscribed`, or `Mail state=ignore`. */
import { CommandError } from "../command-error.ts";
import { type Standing, standings } from "./entry.ts";
import { foldWords } from "./fold-words.ts";

export type ColumnAnswer =
  | { readonly kind: "ignore" }
  /** Every non-empty cell has this meaning. */
  | { readonly kind: "means"; readonly standing: Standing }
  /** By folded value. */
  | { readonly kind: "words"; readonly standings: ReadonlyMap<string, Standing> };

export const meanings = ["ignore", ...standings] as const;

/**
 * Answers by column index. `names`: header cells as written. Throws a `CommandError` if an answer names no known column
 * or meaning.
 */
export function readColumnAnswers(
  written: readonly string[],
  names: readonly string[],
): ReadonlyMap<number, ColumnAnswer> {
  const answers = new Map<number, ColumnAnswer>();
  for (const text of written) {
    const [index, rest] = columnOf(text, names);
    const [, meaning = ""] = /^=\s*(\S+)$/.exec(rest) ?? [];
    const answer = rest.startsWith(":") ? wordsIn(rest.slice(1), text) : asMeaning(meaning, text);
    const before = answers.get(index);
    answers.set(
      index,
      before?.kind === "words" && answer.kind === "words"
        ? { kind: "words", standings: new Map([...before.standings, ...answer.standings]) }
        : answer,
    );
  }
  return answers;
}

/** The column with the longest name that starts the text, and the rest of the text. */
function columnOf(text: string, names: readonly string[]): [index: number, rest: string] {
  const found = names
    .map((name, index) => ({ index, name: name.trim() }))
    .filter(({ name }) => name !== "" && text.trim().toLowerCase().startsWith(name.toLowerCase()))
    .map(({ index, name }) => ({ index, length: name.length, rest: text.trim().slice(name.length).trim() }))
    .filter(({ rest }) => /^[:=]/.test(rest))
    .sort((a, b) => b.length - a.length);
  const [best] = found;
  if (best) return [best.index, best.rest];
  const known = names.filter((name) => name.trim() !== "").map((name) => `\`${name.trim()}\``);
  throw new CommandError(
    `\`--column "${text}"\` must start with the name of a column in this list, followed by \`=\` or \`:\`. Its columns: ${known.slice(0, 20).join(", ")}.`,
  );
}

function wordsIn(text: string, whole: string): ColumnAnswer {
  const found = new Map<string, Standing>();
  const rest = text.replace(/\s*([^=]+?)\s*=\s*(\w+)\s*(?:,|$)/g, (_, word: string, meaning: string) => {
    const answer = asMeaning(meaning, whole);
    // An ignored value counts like “subscribed”: it excludes no one.
    found.set(wordKey(word), answer.kind === "means" ? answer.standing : "subscribed");
    return "";
  });
  if (rest.trim() !== "" || found.size === 0) throw notUnderstood(whole);
  return { kind: "words", standings: found };
}

/** Cells without letters or digits fold to nothing, so they are compared as written. */
export const wordKey = (cell: string): string => foldWords(cell) || cell.trim();

function asMeaning(meaning: string, whole: string): Extract<ColumnAnswer, { kind: "ignore" | "means" }> {
  const found = meanings.find((one) => one === meaning.toLowerCase());
  if (found === undefined) throw notUnderstood(whole);
  return found === "ignore" ? { kind: "ignore" } : { kind: "means", standing: found };
}

const notUnderstood = (text: string): CommandError =>
  new CommandError(
    `\`--column "${text}"\` is not valid. Write \`--column "COLUMN: VALUE=MEANING, VALUE=MEANING"\` or \`--column "COLUMN=MEANING"\`; a meaning is one of ${meanings.map((one) => `\`${one}\``).join(", ")}.`,
  );
