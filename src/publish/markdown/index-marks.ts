/**
 * Reads marks of the index: `[term]{.index}`, `[GAT]{.model}`, `[Cora]{.dataset}`, as Pandoc writes a span with
 * attributes. What looks like one and is not valid is reported, never printed.
 */
import { type IndexKind, indexKinds } from "../../library/objects.ts";
import { advise } from "../source/suggest.ts";
import { inlineMathsAt } from "./inline-maths.ts";

/** What the braces say. */
export interface IndexAttributes {
  readonly kind: IndexKind;
  /** The place of its definition, which the index lists first. */
  readonly isMain: boolean;
  /** The levels of the entry; undefined if the marked words are the entry. */
  readonly entry: readonly string[] | undefined;
  /** The levels of the entry that the reader is sent to. */
  readonly see: readonly string[] | undefined;
}

interface IndexProblem {
  readonly message: string;
  readonly fix: string;
  /** Counted in `raw`. */
  readonly part: { readonly start: number; readonly length: number };
}

type FoundMark =
  | { readonly raw: string; readonly words: string; readonly attributes: IndexAttributes }
  | { readonly raw: string; readonly problem: IndexProblem };

const classes = indexKinds.join("|");
/** After the closing bracket: a brace and, before the next one, the class of a mark. */
const bracesStart = new RegExp(`^\\{[^{}\\n]*\\.(?:${classes})(?![\\w-])`);
const attributeForm = /\s*(?:\.([\w-]+)|([\w-]+)\s*=\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'}]+))|(\S+))/gy;

/** The mark at the start of the source, if there is one. */
export function indexMarkAt(source: string): FoundMark | undefined {
  const end = closingBracket(source);
  if (end === undefined) return undefined;
  const rest = source.slice(end + 1);
  if (!bracesStart.test(rest)) return undefined;
  const close = closingBrace(rest);
  if (close === undefined) {
    const raw = source.slice(0, end + 1) + (/^[^\n]*/.exec(rest)?.[0] ?? "");
    return wrong(raw, end + 1, 1, "This brace is not closed.", 'Write `[term]{.index entry="…"}` on one line.');
  }
  const raw = source.slice(0, end + 2 + close);
  const words = source.slice(1, end);
  if (words.trim() === "")
    return wrong(raw, 0, end + 1, "This mark of the index has no words.", "Write `[term]{.index}`.");
  const read = readAttributes(rest.slice(1, close));
  if ("message" in read) {
    const { message, fix, part } = read;
    return wrong(raw, end + 2 + part.start, part.length, message, fix);
  }
  return { raw, words, attributes: read };
}

const wrong = (raw: string, start: number, length: number, message: string, fix: string): FoundMark => ({
  raw,
  problem: { message, fix, part: { start, length: Math.max(1, length) } },
});

/** The bracket that closes the first one, in the same paragraph, and not in code or a formula. */
function closingBracket(source: string): number | undefined {
  if (source[0] !== "[") return undefined;
  let depth = 0;
  for (let index = 0; index < source.length; index++) {
    const sign = source[index];
    if (sign === "\\") index += 1;
    else if (sign === "`") index += codeLength(source, index) - 1;
    else if (sign === "$") index += (inlineMathsAt(source, index)?.length ?? 1) - 1;
    else if (sign === "[") depth += 1;
    else if (sign === "]") depth -= 1;
    else if (sign === "\n" && /^\n[ \t]*\n/.test(source.slice(index, index + 80))) return undefined;
    if (depth === 0) return index;
  }
  return undefined;
}

/** Of the code that starts there, or of its backticks if it does not end. */
function codeLength(source: string, start: number): number {
  const ticks = /^`+/.exec(source.slice(start))?.[0] ?? "`";
  const end = new RegExp(`(?<!\`)${ticks}(?!\`)`).exec(source.slice(start + ticks.length));
  return end ? end.index + 2 * ticks.length : ticks.length;
}

/** The first brace that is in no quotes, on the same line. */
function closingBrace(braces: string): number | undefined {
  let quote: string | undefined;
  for (let index = 1; index < braces.length; index++) {
    const sign = braces[index];
    if (sign === "\n") return undefined;
    if (quote !== undefined) quote = sign === quote ? undefined : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === "}") return index;
  }
  return undefined;
}

const attributeNames = ["entry", "see"];
const classNames = [...indexKinds, "main"];

/** `part` counts in `written`. */
function readAttributes(written: string): IndexAttributes | IndexProblem {
  const found = { classes: [] as string[], values: new Map<string, readonly string[]>() };
  for (const match of written.trimEnd().matchAll(attributeForm)) {
    const [all, className, name, double, single, bare, other] = match;
    const start = match.index + all.length - all.trimStart().length;
    const part = { start, length: all.trim().length };
    const value = double ?? single ?? bare;
    if (className !== undefined) {
      if (!classNames.includes(className))
        return { part, message: `Unknown class \`.${className}\`.`, fix: advise(className, classNames, "classes") };
      found.classes.push(className);
    } else if (name !== undefined && value !== undefined) {
      if (!attributeNames.includes(name))
        return { part, message: `Unknown attribute \`${name}\`.`, fix: advise(name, attributeNames, "attributes") };
      const levels = levelsOf(value);
      const problem = found.values.has(name)
        ? { message: `\`${name}\` is given twice.`, fix: "Mark the term again for a second entry." }
        : problemOf(name, levels);
      if (problem) return { part, ...problem };
      found.values.set(name, levels);
    } else
      return {
        part,
        message: `\`${other}\` is no class and no attribute.`,
        fix: 'Write `{.index entry="…" see="…"}`.',
      };
  }
  return checkTogether(found.classes, found.values, written);
}

function checkTogether(
  names: readonly string[],
  values: ReadonlyMap<string, readonly string[]>,
  written: string,
): IndexAttributes | IndexProblem {
  const part = { start: 0, length: written.length };
  const [kind, ...others] = indexKinds.filter((name) => names.includes(name));
  if (kind === undefined || others.length > 0)
    return { part, message: "A mark has one kind.", fix: "Use `.index`, `.model` or `.dataset`." };
  const isMain = names.includes("main");
  const see = values.get("see");
  if (isMain && see)
    return { part, message: "An entry that only says “see” has no place.", fix: "Remove `.main` or `see`." };
  return { kind, isMain, entry: values.get("entry"), see };
}

/** `attention!multi-head`, as in LaTeX; `\!` is an exclamation mark. */
const levelsOf = (value: string): string[] =>
  value.split(/(?<!\\)!/).map((level) => level.replaceAll("\\!", "!").replace(/\s+/g, " ").trim());

function problemOf(name: string, levels: readonly string[]): Pick<IndexProblem, "message" | "fix"> | undefined {
  if (levels.every((level) => level === ""))
    return { message: `\`${name}\` is empty.`, fix: `Write \`${name}="…"\`, or remove it.` };
  if (levels.includes(""))
    return {
      message: `\`${name}\` has an empty level.`,
      fix: 'Write `entry="attention!multi-head"`; for an exclamation mark, `\\!`.',
    };
  if (levels.length > 2)
    return {
      message: `\`${name}\` has ${levels.length} levels.`,
      fix: 'An entry has at most one sub-entry: `entry="attention!multi-head"`.',
    };
  return undefined;
}

/** Hides the braces of marks from the search for emphasis: a star in an entry starts none. */
export const maskIndexBraces = (masked: string): string =>
  masked.replace(new RegExp(`(?<=\\])\\{[^{}\\n]*\\.(?:${classes})(?![\\w-])[^}\\n]*\\}`, "g"), (braces) =>
    "a".repeat(braces.length),
  );
