/** Finds the words of a query in a text and cuts out the passage that has most of them. */
import { foldLetters } from "../library/fold-letters.ts";
import { termOf } from "./analyse-words.ts";

export interface Hit {
  readonly start: number;
  readonly end: number;
  readonly term: string;
}

/** A piece of a snippet; `isHit` marks a word of the query. */
export interface Piece {
  readonly text: string;
  readonly isHit: boolean;
}

/** In characters: how close words must be to count as one passage, and how long a snippet is. */
const passage = 180;
const before = 60;
const length = 240;

/** Longer texts are only searched so far; sections are short. */
const maxHits = 80;

/**
 * Finds words with one of the terms. One expression finds all words that begin like a term, and only these are analysed:
 * analysing every word of ten chapters would take ten times as long.
 */
export class WordFinder {
  readonly #terms: ReadonlySet<string>;
  readonly #isEnglish: boolean;
  readonly #form: RegExp;
  readonly #known = new Map<string, string>();

  constructor(terms: ReadonlySet<string>, isEnglish: boolean) {
    this.#terms = terms;
    this.#isEnglish = isEnglish;
    const beginnings = [...terms].map((term) => beginningOf(term, isEnglish));
    this.#form = new RegExp(`(?<![\\p{L}\\p{N}])(?:${beginnings.join("|")})[\\p{L}\\p{N}]*`, "gu");
  }

  find(text: string): Hit[] {
    const hits: Hit[] = [];
    if (this.#terms.size === 0) return hits;
    for (const { 0: word, index } of foldInPlace(text).matchAll(this.#form)) {
      const term = this.#termOf(word);
      if (term !== "") hits.push({ start: index, end: index + word.length, term });
      if (hits.length >= maxHits) break;
    }
    return hits;
  }

  /** Empty if it is none of the terms. */
  #termOf(word: string): string {
    const known = this.#known.get(word);
    if (known !== undefined) return known;
    const term = [termOf(word, this.#isEnglish), word].find((each) => this.#terms.has(each)) ?? "";
    this.#known.set(word, term);
    return term;
  }
}

/** Endings and spellings differ: `matrix`, `matrices`; `center`, `centre`. Terms have only letters and digits. */
const beginningOf = (term: string, isEnglish: boolean): string =>
  !isEnglish || term.length < 4 ? term : term.slice(0, Math.max(3, term.length - 3));

/** Folded letter by letter, so that positions stay: a letter that becomes several is left as it is. */
const foldInPlace = (text: string): string =>
  text.replace(/[\u0080-\uffff]|[A-Z]+/g, (letters) => {
    const folded = letters <= "\x7f" ? letters.toLowerCase() : foldLetters(letters);
    return folded.length === letters.length ? folded : letters;
  });

/** The first hit of the best passage: most different words, then most words. Its rating is 0 without hits. */
export function bestPassage(hits: readonly Hit[]): { readonly first: number; readonly rating: number } {
  let best = { first: 0, rating: 0 };
  for (const [first, { start }] of hits.entries()) {
    const near = hits.slice(first).filter((hit) => hit.start - start < passage);
    const rating = new Set(near.map(({ term }) => term)).size * 3 + Math.min(near.length, 5) * 0.3;
    if (rating > best.rating) best = { first, rating };
  }
  return best;
}

/** The passage around the best hits; the beginning of the text if there are none. */
export function snippetOf(text: string, hits: readonly Hit[]): Piece[] {
  const { first } = bestPassage(hits);
  const start = wordStart(text, (hits[first]?.start ?? 0) - before);
  const end = wordEnd(text, start + length);
  const pieces: Piece[] = start > 0 ? [{ text: "… ", isHit: false }] : [];
  let at = start;
  for (const hit of hits) {
    if (hit.start < at || hit.end > end) continue;
    pieces.push(
      { text: text.slice(at, hit.start), isHit: false },
      { text: text.slice(hit.start, hit.end), isHit: true },
    );
    at = hit.end;
  }
  pieces.push({ text: text.slice(at, end) + (end < text.length ? " …" : ""), isHit: false });
  return pieces.filter((piece) => piece.text !== "");
}

/** All of the text, with its hits. */
export function markAll(text: string, hits: readonly Hit[]): Piece[] {
  let at = 0;
  const pieces = hits.flatMap(({ start, end }): Piece[] => {
    const plain = text.slice(at, start);
    at = end;
    return [
      { text: plain, isHit: false },
      { text: text.slice(start, end), isHit: true },
    ];
  });
  return [...pieces, { text: text.slice(at), isHit: false }].filter((piece) => piece.text !== "");
}

function wordStart(text: string, position: number): number {
  if (position <= 0) return 0;
  const space = text.indexOf(" ", position);
  return space === -1 || space - position > 30 ? position : space + 1;
}

function wordEnd(text: string, position: number): number {
  if (position >= text.length) return text.length;
  const space = text.lastIndexOf(" ", position);
  return space > position - 30 ? space : position;
}
