/**
 * Expands an author's macros in TeX. Everything that typesets (KaTeX, MathJax, spoken maths, feeds, the Markdown copy)
 * receives TeX without them, so that all of these agree.
 */
import type { Macros } from "../source/read-macros.ts";

/** A use of a macro in a formula, and what replaces it. */
interface Expansion {
  /** Offset in the TeX. */
  readonly start: number;
  readonly length: number;
  readonly text: string;
}

export interface ExpandedTex {
  readonly expansions: readonly Expansion[];
  /** Uses that cannot be expanded. */
  readonly problems: readonly { readonly start: number; readonly length: number; readonly message: string }[];
}

/** Macros of macros; the check of macros.yaml rejects circles. */
const maxDepth = 20;
/** As many as KaTeX expands itself: a few macros can multiply each other. */
const maxExpansions = 1000;

/** The TeX without macros. Uses that cannot be expanded stay. */
export const expandMacros = (tex: string, macros: Macros): string => apply(tex, findMacros(tex, macros).expansions);

/** All uses of macros in a formula, the outermost ones. */
export function findMacros(tex: string, macros: Macros, depth = 0, budget = { left: maxExpansions }): ExpandedTex {
  const expansions: Expansion[] = [];
  const problems: { start: number; length: number; message: string }[] = [];
  let at = 0;
  while (at < tex.length) {
    const start = at;
    const token = tokenAt(tex, at);
    at += token.length;
    const macro = macros.get(token);
    if (!macro) continue;
    const args = readArguments(tex, at, macro.arity);
    budget.left -= 1;
    const message = problemOf(token, macro.arity, args.values.length, depth, budget.left);
    if (message !== undefined) {
      problems.push({ start, length: token.length, message });
      // Otherwise KaTeX would report the same command again.
      expansions.push({ start, length: token.length, text: "{}" });
      continue;
    }
    at = args.end;
    const inner = substitute(macro.tex, args.values);
    const nested = findMacros(inner, macros, depth + 1, budget);
    for (const { message } of nested.problems.slice(0, 1)) problems.push({ start, length: at - start, message });
    const text = apply(inner, nested.expansions);
    // `x^\R`: TeX wants a script of several tokens in braces.
    const isScript = /(?<!\\)[\^_]\s*$/.test(tex.slice(0, start));
    const next = tex[at] ?? "";
    const separator = /\\[A-Za-z]+$/.test(text) && /[A-Za-z\\]/.test(next) ? " " : "";
    expansions.push({ start, length: at - start, text: isScript ? `{${text}}` : text + separator });
  }
  return { expansions, problems };
}

function problemOf(name: string, arity: number, found: number, depth: number, left: number): string | undefined {
  if (depth >= maxDepth) return `\`${name}\` uses itself.`;
  if (left < 0) return "This uses too many macros of macros.";
  return found < arity ? missing(name, arity, found) : undefined;
}

const missing = (name: string, arity: number, found: number): string =>
  `\`${name}\` takes ${arity === 1 ? "1 argument" : `${arity} arguments`}, but ${found === 0 ? "none" : `only ${found}`} ${found === 1 ? "follows" : "follow"}.`;

/** A command, a comment up to the end of its line, or one character. */
function tokenAt(tex: string, at: number): string {
  return /\\(?:[A-Za-z]+|[\s\S])|%[^\n]*|[\s\S]/u.exec(tex.slice(at))?.[0] ?? "";
}

/** Braced groups, or single tokens. */
function readArguments(tex: string, from: number, arity: number): { readonly values: string[]; readonly end: number } {
  const values: string[] = [];
  let at = from;
  while (values.length < arity) {
    const start = at + (/^\s*/.exec(tex.slice(at))?.[0].length ?? 0);
    const token = tokenAt(tex, start);
    if (token === "" || /^(?:\}|&|\$|\\\\|%)/.test(token)) break;
    const end = token === "{" ? endOfGroup(tex, start) : start + token.length;
    if (end === undefined) break;
    values.push(token === "{" ? tex.slice(start + 1, end - 1) : token);
    at = end;
  }
  return { values, end: at };
}

/** The offset after the brace that closes the group; undefined if none does. */
function endOfGroup(tex: string, start: number): number | undefined {
  let depth = 0;
  let at = start;
  while (at < tex.length) {
    const token = tokenAt(tex, at);
    at += token.length;
    if (token === "{") depth += 1;
    else if (token === "}") depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}

function substitute(body: string, args: readonly string[]): string {
  let text = "";
  for (const piece of body.split(/(#[1-9])/)) {
    const argument = /^#[1-9]$/.test(piece) ? args[Number(piece[1]) - 1] : undefined;
    text = join(text, argument ?? piece);
  }
  return text;
}

function apply(tex: string, expansions: readonly Expansion[]): string {
  let text = "";
  let copied = 0;
  for (const { start, length, text: replacement } of expansions) {
    text = join(join(text, tex.slice(copied, start)), replacement);
    copied = start + length;
  }
  return join(text, tex.slice(copied));
}

/** Keeps a command and a letter after it apart. */
const join = (before: string, after: string): string =>
  /\\[A-Za-z]+$/.test(before) && /^[A-Za-z]/.test(after) ? `${before} ${after}` : before + after;
