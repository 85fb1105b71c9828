/**
 * Encodes and parses what the second stage of a search reads of a chapter: its places and formulas as a line of JSON,
 * then the formulas' TeX and MathML, of which only what is shown is decoded.
 */
export interface Place {
  readonly kind: "section" | "figure" | "table" | "box" | "symbol";
  /** Id on the page; empty: the top of the page. */
  readonly id: string;
  /** Heading, or `Figure 2`; empty for what is before the first heading. */
  readonly name: string;
  readonly text: string;
}

export interface IndexedFormula {
  /** Index of its section. */
  readonly place: number;
  /** Of a displayed formula. */
  readonly id?: string;
  /** Of an equation that the text refers to. */
  readonly number?: number;
  /** Separated by spaces. */
  readonly tokens: string;
  readonly accents?: readonly string[];
  /** Where its TeX begins after the JSON, where its MathML begins, and where that ends, in bytes. */
  readonly at: readonly [tex: number, mathml: number, end: number];
}

/** The line of JSON. */
interface Head {
  readonly places: readonly Place[];
  readonly formulas: readonly IndexedFormula[];
}

export interface SearchableFormula extends Omit<IndexedFormula, "at"> {
  readonly tex: string;
  readonly mathml: string;
}

export interface SearchableText {
  readonly places: readonly Place[];
  readonly formulas: readonly SearchableFormula[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function encodeDocument({ places, formulas }: SearchableText): string {
  let end = 0;
  const stored = formulas.map(({ tex, mathml, ...formula }): IndexedFormula => {
    const [start, middle] = [end, end + encoder.encode(tex).byteLength];
    end = middle + encoder.encode(mathml).byteLength;
    return { ...formula, at: [start, middle, end] };
  });
  const markup = formulas.map(({ tex, mathml }) => tex + mathml).join("");
  return `${JSON.stringify({ places, formulas: stored })}\n${markup}`;
}

export interface SearchDocument extends Head {
  /** Indices of the formulas that have the token. */
  readonly formulasWith: (token: string) => readonly number[];
  readonly markupOf: (formula: IndexedFormula) => { readonly tex: string; readonly mathml: string };
}

/** Throws if these are not the bytes of a document. The hash is already verified, so the rest is trusted. */
export function parseDocument(bytes: Uint8Array): SearchDocument {
  const end = bytes.indexOf(0x0a);
  if (end === -1) throw new Error("A search document has no line of JSON.");
  const head = JSON.parse(decoder.decode(bytes.subarray(0, end))) as Head;
  const slice = (from: number, to: number) => decoder.decode(bytes.subarray(end + 1 + from, end + 1 + to));
  let byToken: ReadonlyMap<string, readonly number[]> | undefined;
  return {
    ...head,
    formulasWith(token) {
      byToken ??= formulasByToken(head.formulas);
      return byToken.get(token) ?? [];
    },
    markupOf: ({ at: [start, middle, stop] }) => ({ tex: slice(start, middle), mathml: slice(middle, stop) }),
  };
}

function formulasByToken(formulas: readonly IndexedFormula[]): Map<string, number[]> {
  const byToken = new Map<string, number[]>();
  for (const [index, { tokens }] of formulas.entries())
    for (const token of new Set(tokens.split(" "))) {
      const having = byToken.get(token);
      if (having) having.push(index);
      else byToken.set(token, [index]);
    }
  return byToken;
}
