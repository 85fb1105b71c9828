/** Looks up the terms of a query, and for words that no public chapter has, the most similar word that one has. */
import { foldLetters } from "../library/fold-letters.ts";
import { termOf, wordsIn } from "./analyse-words.ts";
import { editDistance, mostEdits } from "./edit-distance.ts";
import { wordTerm } from "./index-files.ts";
import type { IndexReader } from "./index-reader.ts";
import type { Query, QueryTerm } from "./parse-query.ts";
import type { FoundPosting } from "./postings.ts";

export interface FoundTerm {
  /** As in the index. */
  readonly term: string;
  readonly posting: FoundPosting;
}

export interface Correction {
  readonly from: string;
  readonly to: string;
}

export interface FoundTerms {
  /** For each term of the query what it was found as; empty if it was not. */
  readonly found: readonly (readonly FoundTerm[])[];
  readonly corrections: readonly Correction[];
}

export type IsPublic = (chapter: number) => boolean;

/** Comparing a word with all known ones is the most expensive part of a search. */
const maxCorrected = 3;
const maxCandidates = 3;
const shortestCorrected = 4;

const shortestPrefix = 3;
const maxContinuations = 12;

interface FindOptions {
  /** Whether the last word is still being typed. */
  readonly isUnfinished: boolean;
  readonly isCorrected: boolean;
}

export async function findTerms(
  index: IndexReader,
  query: Query,
  isPublic: IsPublic,
  { isUnfinished, isCorrected }: FindOptions,
): Promise<FoundTerms> {
  const found: (readonly FoundTerm[])[] = [];
  const corrections: Correction[] = [];
  const last = query.terms.at(-1);
  for (const term of query.terms) {
    let known = await findForms(index, term, isPublic);
    if (known.length === 0 && term === last && isUnfinished && !query.formula)
      known = await findContinuations(index, query.text, isPublic);
    if (known.length === 0 && isCorrected && corrections.length < maxCorrected) {
      const corrected = await correct(index, term.written, isPublic);
      if (corrected) {
        corrections.push({ from: term.written, to: corrected.word });
        known = [corrected.found];
      }
    }
    found.push(known);
  }
  return { found, corrections };
}

async function findForms(index: IndexReader, { forms }: QueryTerm, isPublic: IsPublic): Promise<FoundTerm[]> {
  const found = await Promise.all(forms.map((form) => findPublic(index, form, isPublic)));
  return found.filter((each) => each !== undefined);
}

/** A term that only hidden chapters have is unknown: otherwise, a search would reveal their words. */
async function findPublic(index: IndexReader, term: string, isPublic: IsPublic): Promise<FoundTerm | undefined> {
  const posting = (await index.postings(wordTerm(term)))?.find(wordTerm(term));
  return posting?.some(isPublic) ? { term, posting } : undefined;
}

/** The most frequent terms that begin with the last word. */
async function findContinuations(index: IndexReader, text: string, isPublic: IsPublic): Promise<FoundTerm[]> {
  const word = wordsIn(text).at(-1) ?? "";
  if (word.length < shortestPrefix) return [];
  const begun = (await index.postings(wordTerm(word)))?.withPrefix(wordTerm(word), 200) ?? [];
  return begun
    .toSorted(([, a], [, b]) => b.chapters - a.chapters)
    .slice(0, maxContinuations)
    .filter(([, posting]) => posting.some(isPublic))
    .map(([term, posting]) => ({ term: term.slice(1), posting }));
}

async function correct(
  index: IndexReader,
  written: string,
  isPublic: IsPublic,
): Promise<{ readonly word: string; readonly found: FoundTerm } | undefined> {
  if (written.length < shortestCorrected) return undefined;
  for (const word of await similarWords(index, written)) {
    const { english, others } = index.root;
    const forms = [...new Set([...(english ? [termOf(word, true)] : []), ...(others ? [word] : [])])];
    for (const form of forms) {
      const found = await findPublic(index, form, isPublic);
      if (found) return { word, found };
    }
  }
  return undefined;
}

/** The most similar first; among equally similar ones, those in more chapters. The first letter is rarely mistyped. */
async function similarWords(index: IndexReader, written: string): Promise<string[]> {
  const most = mostEdits(written);
  const letters = [...new Set([...written].slice(0, 2))];
  const lengths = Array.from({ length: 2 * most + 1 }, (_, index) => written.length - most + index);
  const rated: { readonly word: string; readonly rating: number }[] = [];
  for (const known of await Promise.all(letters.map((letter) => index.words(letter))))
    for (const [word, chapters] of lengths.flatMap((length) => known(length))) {
      const edits = editDistance(written, word);
      if (edits > most) continue;
      const otherStart = word[0] === written[0] ? 0 : 0.5;
      rated.push({ word, rating: edits + otherStart - 0.15 * Math.log(chapters) });
    }
  return rated
    .toSorted((a, b) => a.rating - b.rating)
    .slice(0, maxCandidates)
    .map(({ word }) => word);
}

/** The words of a text that may be suggested for mistyped ones. */
export const suggestableWords = (text: string): Set<string> => new Set(foldLetters(text).match(/\p{L}{4,}/gu));
