/** The tokens that our Markdown has beyond marked's own, and the walk over all of them. */
import type { Token, Tokens } from "marked";

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

export interface BoxToken {
  type: "box";
  raw: string;
  name: string;
  title: Token[];
  tokens: Token[];
}

/** Something that looks like our syntax and is not whole; it is reported, never shown. */
export interface BrokenToken {
  type: "broken";
  raw: string;
  message: string;
  fix: string;
}

export type OwnToken =
  | MathsToken
  | CitationToken
  | NoteReferenceToken
  | NoteToken
  | EquationReferenceToken
  | BoxToken
  | BrokenToken;

/** The types of our own tokens: each renderer has a way for each of them. */
export const ownTypes = [
  "inlineMaths",
  "displayedMaths",
  "citation",
  "noteReference",
  "note",
  "equationReference",
  "box",
  "broken",
] as const satisfies readonly OwnToken["type"][];

/** marked types an extension's token as `Generic`; this is the one place where it gets its type back. */
export const asOwn = (token: Token): OwnToken | undefined =>
  ownTypes.some((type) => type === token.type) ? (token as unknown as OwnToken) : undefined;

/** The lists of tokens inside a token, in the order in which they stand in the source. */
export function childLists(token: Token): Token[][] {
  const own = asOwn(token);
  if (own?.type === "box") return [own.title, own.tokens];
  if (own?.type === "note") return [own.tokens];
  if (own) return [];
  if (token.type === "list") return [(token as Tokens.List).items];
  if (token.type === "table") {
    const table = token as Tokens.Table;
    return [table.header, ...table.rows].flatMap((cells) => cells.map((cell) => cell.tokens));
  }
  return "tokens" in token && token.tokens ? [token.tokens] : [];
}

/** Every token, however deep, in the order of the source. */
export function forEachToken(tokens: readonly Token[], visit: (token: Token) => void): void {
  for (const token of tokens) {
    visit(token);
    for (const children of childLists(token)) forEachToken(children, visit);
  }
}
