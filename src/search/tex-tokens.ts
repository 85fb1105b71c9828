/**
 * Reduces a formula to tokens in which its spelling no longer matters, be it TeX, typed by hand or copied from a page:
 * `\operatorname{softmax}\!\left(Q K^{\top}\right)` and `softmax(QK^T)` are both `softmax Q K ^T`. A script's tokens begin
 * with `_` or `^`.
 */
import { withoutMarks } from "../library/fold-letters.ts";
import {
  accentForm,
  dropped,
  functionNames,
  greekLetter,
  sameSign,
  signOf,
  silent,
  typedSign,
  wordy,
  wrappers,
} from "./tex-commands.ts";

export interface FormulaTokens {
  readonly tokens: readonly string[];
  /** Accents with the letter below, such as `hat A`: they only decide between formulas that are equal otherwise. */
  readonly accents: readonly string[];
}

/** The tokens of an author's TeX. */
export const tokensOfTex = (tex: string): FormulaTokens => new FormulaReader(tex, new Set(), false).read();

/** The tokens of a query. `words`: those that formulas of the library contain, in lower case. */
export const tokensOfQuery = (text: string, words: ReadonlySet<string>): FormulaTokens =>
  new FormulaReader(text, words, true).read();

/** Letters and marks that copying leaves in a formula, without a meaning. */
const invisible = /[\u200b-\u200d\u2060-\u2064\ufeff]/g;

const normalize = (text: string): string =>
  text
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹ᵀⁿⁱ⁺⁻]+/g, (script) => `^{${script}}`)
    .replace(/[₀-₉ᵢⱼₖₙ]+/g, (script) => `_{${script}}`)
    .replace(/\|\|/g, "‖")
    .replace(invisible, "")
    // Only letters and digits: a decomposed ≠ would become =.
    .replace(/[\p{L}\p{N}\p{M}]+/gu, withoutMarks);

/** Deeper nesting is read as if it were flat: TeX itself would not take it, and the stack is finite. */
const maxDepth = 40;

class FormulaReader {
  readonly #text: string;
  readonly #words: ReadonlySet<string>;
  readonly #isTyped: boolean;
  readonly #tokens: string[] = [];
  readonly #accents: string[] = [];
  #at = 0;
  #depth = 0;

  constructor(text: string, words: ReadonlySet<string>, isTyped: boolean) {
    this.#text = normalize(text);
    this.#words = words;
    this.#isTyped = isTyped;
  }

  read(): FormulaTokens {
    while (this.#at < this.#text.length) this.#one("");
    return { tokens: this.#tokens.filter((token) => !/^[_^]?\s*$/.test(token)), accents: this.#accents };
  }

  get #next(): string | undefined {
    return this.#text[this.#at];
  }

  /** Moves past what matches here, if anything. `form` is sticky. */
  #take(form: RegExp): string | undefined {
    form.lastIndex = this.#at;
    const found = form.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #skipSpace(): void {
    this.#take(/[\s~&]+/y);
  }

  /** Moves past the next `sign`, or to the end: never backwards, so reading always ends. */
  #skipPast(sign: string): string {
    const end = this.#text.indexOf(sign, this.#at);
    const start = this.#at;
    this.#at = end === -1 ? this.#text.length : end + 1;
    return this.#text.slice(start, end === -1 ? this.#at : end);
  }

  #one(level: string): void {
    this.#skipSpace();
    const sign = this.#next;
    if (sign === undefined) return;
    if (sign === "\\") this.#command(level);
    else if (sign === "^" || sign === "_") this.#script(sign, level);
    else if (/[{([]/.test(sign)) this.#bracket(sign, level);
    else if (/[})\],.;:*%!?"]/.test(sign)) this.#at += 1;
    else if (/[a-zA-Z]/.test(sign)) this.#letters(level);
    else if (/\d/.test(sign)) this.#push(level, (this.#take(/\d+(?:[.,]\d+)*/y) ?? "").replaceAll(",", ""));
    else {
      const code = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
      this.#at += code.length;
      this.#push(level, sameSign.get(code) ?? code);
    }
  }

  #push(level: string, token: string): void {
    if (token !== "") this.#tokens.push(level + token);
  }

  #bracket(sign: string, level: string): void {
    this.#at += 1;
    if (sign === "{") this.#group(level, "}");
  }

  #group(level: string, end: string): void {
    if (this.#depth >= maxDepth) return;
    this.#depth += 1;
    while (this.#at < this.#text.length && this.#next !== end) this.#one(level);
    this.#depth -= 1;
    this.#at += 1;
  }

  /** A group, or without braces, as in TeX, one digit or letter. */
  #argument(level: string): void {
    this.#skipSpace();
    const sign = this.#next ?? "";
    if (sign === "{") this.#bracket(sign, level);
    else if (/[0-9a-zA-Z]/.test(sign)) {
      this.#at += 1;
      this.#push(level, sign);
    } else if (this.#depth < maxDepth) {
      this.#depth += 1;
      this.#one(level);
      this.#depth -= 1;
    } else this.#at += 1;
  }

  #letters(level: string): void {
    const run = this.#isTyped ? this.#take(/[a-zA-Z]+/y) : this.#take(/[a-zA-Z]/y);
    if (run === undefined) return;
    if (run.length > 1) this.#name(run, level);
    else this.#push(level, run);
  }

  /** A run of letters is a name if it is known, otherwise separate letters. */
  #name(run: string, level: string): void {
    const lower = run.toLowerCase();
    const letter = run.length > 1 ? greekLetter.get(lower) : undefined;
    const sign = this.#isTyped ? typedSign.get(lower) : undefined;
    const isKnown = functionNames.has(lower) || this.#words.has(lower);
    if (letter !== undefined) this.#push(level, run[0] === run[0]?.toUpperCase() ? letter.toUpperCase() : letter);
    else if (sign !== undefined) this.#push(level, sign);
    else if (run.length > 1 && run !== run.toUpperCase() && isKnown) this.#push(level, lower);
    else for (const each of run) this.#push(level, each);
  }

  #command(level: string): void {
    const name = (this.#take(/\\(?:[a-zA-Z]+\*?|[\s\S]?)/y) ?? "\\").slice(1);
    const plain = name.replace("*", "");
    const sign = signOf.get(name);
    if (silent.has(plain)) this.#silent(plain);
    else if (/^[dtc]?frac$/.test(name)) this.#fraction(level);
    else if (name === "sqrt") this.#root(level);
    else if (wrappers.has(plain)) this.#wrapped(plain, level);
    else if (dropped.has(name) || /^[^a-zA-Z|]?$/.test(name)) return;
    else if (sign !== undefined) this.#push(level, sign);
    else this.#name(name, level);
  }

  /** `\begin{array}{cc}` has two arguments. */
  #silent(name: string): void {
    this.#skipSpace();
    if (this.#next === "{") this.#skipPast("}");
    if (name === "begin" && this.#next === "{") this.#skipPast("}");
  }

  #fraction(level: string): void {
    this.#argument(level);
    this.#push(level, "/");
    this.#argument(level);
  }

  #root(level: string): void {
    this.#skipSpace();
    if (this.#next === "[") this.#skipPast("]");
    this.#push(level, "√");
    this.#argument(level);
  }

  #wrapped(name: string, level: string): void {
    this.#skipSpace();
    const start = this.#at;
    if (wordy.has(name) && this.#next === "{") {
      const inside = this.#skipPast("}").slice(1);
      if (!/[\\{]/.test(inside)) {
        this.#wordsOf(inside, level);
        return;
      }
      this.#at = start;
    }
    const before = this.#tokens.length;
    this.#argument(level);
    const first = this.#tokens[before];
    if (accentForm.test(name) && first !== undefined) this.#accents.push(`${name.replace(/^wide/, "")} ${first}`);
  }

  #wordsOf(text: string, level: string): void {
    for (const word of text.split(/[^\p{L}\p{N}]+/u)) {
      if (word.length > 1 && word !== word.toUpperCase()) this.#push(level, word.toLowerCase());
      else for (const letter of word) this.#push(level, letter);
    }
  }

  #script(mark: string, level: string): void {
    this.#at += 1;
    this.#skipSpace();
    // Only the outermost script counts: what is an index of an index is rarely remembered.
    const inner = level === "" ? mark : level;
    // A superscript in parentheses is the index of a layer or a head, never a power.
    if (mark === "^" && this.#take(/\{?\s*\(\s*\\?[\p{L}\d]+\s*(?:[+-]\s*\d+\s*)?\)\s*\}?/uy) !== undefined) return;
    if (this.#isTyped && this.#typedScript(mark, inner)) return;
    this.#argument(inner);
  }

  /** By hand, scripts are written without braces: `d_model`, `x_ij`, `D^-1/2`, `e^(x+y)`. */
  #typedScript(mark: string, level: string): boolean {
    if (this.#next === "(") {
      this.#at += 1;
      this.#group(level, ")");
      return true;
    }
    const start = this.#at;
    const run = this.#take(/-?\p{L}+|-?\d+(?:\/\d+)?/uy);
    if (run === undefined) return false;
    if (mark === "^") for (const each of run) this.#push(level, each);
    else if (this.#words.has(run.toLowerCase()) || /^\d/.test(run) || run.length === 2) this.#name(run, level);
    else {
      this.#at = start;
      return false;
    }
    return true;
  }
}
