/**
 * Builds the notation of each book, and that of the library: every symbol once per meaning, in the order of a printed
 * list. The Worker leaves out the texts that are not public yet.
 */
import { numberedChapters } from "../../library/numbered-chapters.ts";
import { alphabets, type NotationObject, type NotedSymbol } from "../../library/objects.ts";
import { readLetters } from "../maths/tex-letters.ts";
import { compareText } from "../source/problem.ts";
import { bookByBook } from "./book-by-book.ts";
import { type CompiledTexts, type DescribedBook, jsonObject, type Output } from "./output.ts";

export const notation: Output = {
  name: "notation",
  build({ books, textAt }) {
    const noted = books
      .map((book) => ({ slug: book.slug, symbols: symbolsOf(book, textAt) }))
      .filter(({ symbols }) => symbols.length > 0);
    return bookByBook({ entry: "notation", books: noted, objectOf: notationObject });
  },
};

const notationObject = (books: NotationObject["books"]) => jsonObject({ kind: "notation", ...(books && { books }) });

/** Symbols that are declared alike are one; a symbol with two meanings is two. */
function symbolsOf(book: DescribedBook, textAt: CompiledTexts["textAt"]): NotedSymbol[] {
  const found = new Map<string, { readonly order: Order; readonly symbol: NotedSymbol }>();
  for (const { path } of numberedChapters([book])) {
    for (const { tex, html, meaning, shape } of textAt(path).symbols) {
      const key = [html, meaning, shape].join("\0");
      const known = found.get(key);
      if (known) {
        if (!known.symbol.paths.includes(path)) known.symbol.paths.push(path);
        continue;
      }
      const order = orderOf(tex);
      const alphabet = alphabets[order[0]] ?? "other";
      const symbol = { alphabet, html, meaning, ...(shape !== undefined && { shape }), paths: [path] };
      found.set(key, { order, symbol });
    }
  }
  return [...found.values()].sort((a, b) => compareOrder(a.order, b.order)).map(({ symbol }) => symbol);
}

/** Number of the alphabet, place in it, and the TeX: `a`, `a_1`, `\\mathbf a`, `A`, `b`. */
type Order = readonly [alphabet: number, letter: number, tex: string];

function compareOrder(a: Order, b: Order): number {
  return a[0] - b[0] || a[1] - b[1] || compareText(a[2], b[2]);
}

const greek =
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega";
const greekPlaces = new Map(greek.split(" ").map((name, place) => [name, place]));
const scripts = /\\(?:mathcal|mathscr|mathfrak|mathbb|mathds) ?(.)/;

/** By the first letter of the symbol, without its accents and weight; small letters are before capitals. */
function orderOf(tex: string): Order {
  const { base = "", sub = "" } = readLetters(tex, false).letters[0] ?? {};
  const rest = `${base.includes(" ") ? 1 : 0}${sub}\0${base}\0${tex}`;
  const script = scripts.exec(base)?.[1];
  if (script !== undefined) return [2, placeOf(script), rest];
  const [, name = ""] = /\\(?:var)?([A-Za-z]+)$/.exec(base) ?? [];
  const place = greekPlaces.get(name.toLowerCase());
  if (place !== undefined) return [1, 2 * place + Number(name !== name.toLowerCase()), rest];
  const letter = name === "ell" ? "l" : (/([A-Za-z])$/.exec(base)?.[1] ?? "");
  return letter === "" || (name !== "" && name !== "ell") ? [3, 0, rest] : [0, placeOf(letter), rest];
}

const placeOf = (letter: string): number =>
  2 * (letter.toLowerCase().codePointAt(0) ?? 0) + Number(letter !== letter.toLowerCase());
