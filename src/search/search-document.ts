/**
 * Encodes and parses what the second stage of a search reads of a chapter: its places and formulas as a line of JSON,
 * then the formulas' TeX and MathML, of which only what is shown is decoded.
 */
import * as v from "valibot";

const kinds = ["section", "figure", "table", "box", "symbol"] as const;

const PlaceSchema = v.object({
  kind: v.picklist(kinds),
  /** Id on the page; empty: the top of the page. */
  id: v.string(),
  /** Heading, or `Figure 2`; empty for what is before the first heading. */
  name: v.string(),
  text: v.string(),
});

const FormulaSchema = v.object({
  /** Index of its section. */
  place: v.number(),
  /** Of a displayed formula. */
  id: v.optional(v.string()),
  /** Of an equation that the text refers to. */
  number: v.optional(v.number()),
  /** Separated by spaces. */
  tokens: v.string(),
  accents: v.optional(v.array(v.string())),
  /** Where its TeX begins after the JSON, where its MathML begins, and where that ends, in bytes. */
  at: v.tuple([v.number(), v.number(), v.number()]),
});

const HeadSchema = v.object({ places: v.array(PlaceSchema), formulas: v.array(FormulaSchema) });

export type Place = v.InferOutput<typeof PlaceSchema>;
type StoredFormula = v.InferOutput<typeof FormulaSchema>;

export interface SearchableFormula extends Omit<StoredFormula, "at"> {
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
  const stored = formulas.map(({ tex, mathml, ...formula }): StoredFormula => {
    const [start, middle] = [end, end + encoder.encode(tex).byteLength];
    end = middle + encoder.encode(mathml).byteLength;
    return { ...formula, at: [start, middle, end] };
  });
  const markup = formulas.map(({ tex, mathml }) => tex + mathml).join("");
  return `${JSON.stringify({ places, formulas: stored })}\n${markup}`;
}

export interface SearchDocument {
  readonly places: readonly Place[];
  readonly formulas: readonly StoredFormula[];
  readonly markupOf: (formula: StoredFormula) => { readonly tex: string; readonly mathml: string };
}

export type IndexedFormula = StoredFormula;

/** Throws if these are not the bytes of a document. The hash is already verified, so its schema is trusted. */
export function parseDocument(bytes: Uint8Array): SearchDocument {
  const end = bytes.indexOf(0x0a);
  if (end === -1) throw new Error("A search document has no line of JSON.");
  const head = JSON.parse(decoder.decode(bytes.subarray(0, end))) as v.InferOutput<typeof HeadSchema>;
  const slice = (from: number, to: number) => decoder.decode(bytes.subarray(end + 1 + from, end + 1 + to));
  return {
    ...head,
    markupOf: ({ at: [start, middle, stop] }) => ({ tex: slice(start, middle), mathml: slice(middle, stop) }),
  };
}
