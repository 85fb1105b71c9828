/** Defines our own tokens beyond marked's, and the traversal of all tokens. */
import type { Token, Tokens } from "marked";
import type { IndexAttributes } from "./index-marks.ts";

export interface MathsToken {
  type: "inlineMaths" | "displayedMaths";
  raw: string;
  tex: string;
  /** Offset of the TeX inside `raw`. */
  texStart: number;
}

export interface CitationToken {
  type: "citation";
  raw: string;
  keys: string[];
}

export interface NoteReferenceToken {
  type: "noteReference";
  raw: string;
  name: string;
}

export interface NoteToken {
  type: "note";
  raw: string;
  name: string;
  tokens: Token[];
}

export interface EquationReferenceToken {
  type: "equationReference";
  raw: string;
  label: string;
}

/** `[@fig:cup]`, `[@cooling#eq:law]`. */
export interface ReferenceToken {
  type: "reference";
  raw: string;
  /** The other text, as in a link. */
  place: string | undefined;
  label: string;
}

/** `: Words {#tbl:teas}` below a table or a listing. */
export interface CaptionToken {
  type: "caption";
  raw: string;
  label: string | undefined;
  tokens: Token[];
}

export interface BoxToken {
  type: "box";
  raw: string;
  name: string;
  title: Token[];
  label: string | undefined;
  tokens: Token[];
}

/** `[term]{.index}`. */
export interface IndexMarkToken extends IndexAttributes {
  type: "indexMark";
  raw: string;
  /** Of the words between the brackets. */
  wordsLength: number;
  tokens: Token[];
}

/** Malformed use of our own syntax: reported, never rendered. */
export interface BrokenToken {
  type: "broken";
  raw: string;
  message: string;
  fix: string;
  /** The affected part, counted in `raw`. Default: all of it. */
  part?: { readonly start: number; readonly length: number };
}

export type OwnToken =
  | MathsToken
  | CitationToken
  | NoteReferenceToken
  | NoteToken
  | EquationReferenceToken
  | ReferenceToken
  | CaptionToken
  | IndexMarkToken
  | BoxToken
  | BrokenToken;

/** The types of our own tokens, all of which each renderer handles. */
export const ownTypes = [
  "inlineMaths",
  "displayedMaths",
  "citation",
  "noteReference",
  "note",
  "equationReference",
  "reference",
  "caption",
  "indexMark",
  "box",
  "broken",
] as const satisfies readonly OwnToken["type"][];

/** marked types tokens of extensions as `Generic`; only here do they get their own type back. */
export const asOwn = (token: Token): OwnToken | undefined =>
  ownTypes.some((type) => type === token.type) ? (token as unknown as OwnToken) : undefined;

/** The child lists of a token, in source order. */
export function childLists(token: Token): Token[][] {
  const own = asOwn(token);
  if (own?.type === "box") return [own.title, own.tokens];
  if (own?.type === "note" || own?.type === "caption" || own?.type === "indexMark") return [own.tokens];
  if (own) return [];
  if (token.type === "list") return [(token as Tokens.List).items];
  if (token.type === "table") {
    const table = token as Tokens.Table;
    return [table.header, ...table.rows].flatMap((cells) => cells.map((cell) => cell.tokens));
  }
  return "tokens" in token && token.tokens ? [token.tokens] : [];
}

/** Visits every token at any depth, in source order. */
export function forEachToken(tokens: readonly Token[], visit: (token: Token) => void): void {
  for (const token of tokens) {
    visit(token);
    for (const children of childLists(token)) forEachToken(children, visit);
  }
}
