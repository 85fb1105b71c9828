/** Searches the library: ranks chapters by the index, then finds the places in the best of them. */
import { type Correction, findTerms, type IsPublic } from "./find-terms.ts";
import type { IndexReader } from "./index-reader.ts";
import { type MatchedFormula, type MatchedPlace, matchFormulas, matchPlaces } from "./match-places.ts";
import { parseQuery, type Query } from "./parse-query.ts";
import { rankChapters } from "./rank-chapters.ts";
import type { Place, SearchDocument } from "./search-document.ts";
import { markAll, type Piece, snippetOf, WordFinder } from "./snippet.ts";

/** A chapter's part in the search. */
interface SearchableChapter {
  readonly title: string;
  readonly isEnglish: boolean;
  /** Hash of its search document. */
  readonly document: string;
}

export interface FoundPlace {
  readonly kind: Place["kind"] | "chapter" | "equation";
  /** Empty: the top of the page. */
  readonly id: string;
  /** The place's heading or label, `Figure 2`; empty for the chapter itself. */
  readonly name: readonly Piece[];
  readonly snippet: readonly Piece[];
  readonly formula?: { readonly tex: string; readonly mathml: string; readonly number: number | undefined };
}

export interface SearchResult {
  readonly chapter: number;
  readonly title: readonly Piece[];
  /** The best place first. */
  readonly places: readonly FoundPlace[];
}

export interface SearchAnswer {
  readonly results: readonly SearchResult[];
  /** Words that were searched for instead of those in the query. */
  readonly corrections: readonly Correction[];
}

export interface SearchOptions {
  /** The number of a chapter -> the chapter, if it may be found. */
  readonly chapterAt: (chapter: number) => SearchableChapter | undefined;
  /** Most results. */
  readonly most: number;
  /** Whether the last word is still being typed. */
  readonly isUnfinished: boolean;
  /** Whether similar words are searched for in place of unknown ones. */
  readonly isCorrected: boolean;
}

/** How many chapters' formulas are compared: pairs of tokens say less about a chapter than words do. */
const formulaCandidates = 20;

/** How many places of one chapter are shown. */
const maxPlaces = 3;
/** A further place is shown if it is nearly as good. */
const leastShare = 0.6;

export async function search(index: IndexReader, written: string, options: SearchOptions): Promise<SearchAnswer> {
  const query = parseQuery(written, index.root);
  if (query.terms.length === 0 && !query.formula) return { results: [], corrections: [] };
  const { chapterAt, most } = options;
  const isPublic: IsPublic = (chapter) => chapterAt(chapter) !== undefined;
  const { found, corrections } = await findTerms(index, query, isPublic, options);
  const ranking = await rankChapters(index, {
    found,
    formulaTerms: query.formulaTerms,
    isPublic,
    most: query.formula ? Math.max(most, formulaCandidates) : most,
  });
  const terms = new Set(found.flatMap((forms) => forms.map(({ term }) => term)));
  const candidates = ranking.chapters.slice(0, index.left);
  const matched = await Promise.all(
    candidates.map(async ({ chapter, score }): Promise<Candidate | undefined> => {
      const searchable = chapterAt(chapter);
      const document = searchable && (await index.document(searchable.document));
      return document && { chapter, score, searchable, document };
    }),
  );
  const finders = new Map([true, false].map((isEnglish) => [isEnglish, new WordFinder(terms, isEnglish)]));
  const results = matched
    .filter((candidate) => candidate !== undefined)
    .map((candidate) => {
      const finder = finders.get(candidate.searchable.isEnglish) as WordFinder;
      return rate(candidate, query, finder, ranking.rarityOf);
    })
    .filter(({ result }) => result.places.length > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most);
  return { results: results.map(({ result }) => result), corrections };
}

interface Candidate {
  readonly chapter: number;
  readonly score: number;
  readonly searchable: SearchableChapter;
  readonly document: SearchDocument;
}

interface Rated {
  readonly score: number;
  readonly result: SearchResult;
}

const formulaUnit = 1000;
const placeUnit = 4;

function rate(
  { chapter, score, searchable, document }: Candidate,
  { formula }: Query,
  finder: WordFinder,
  rarityOf: (pair: string) => number,
): Rated {
  const equation = formula && matchFormulas(document, formula, rarityOf);
  const places = matchPlaces(document, finder);
  const titleHits = finder.find(searchable.title);
  const title = markAll(searchable.title, titleHits);
  const rating = score + formulaUnit * (equation?.score ?? 0) + placeUnit * (places[0]?.score ?? 0);
  const words = shownPlaces(document, places, new Set(titleHits.map(({ term }) => term)).size, finder);
  const isNew = (place: FoundPlace) => place.kind !== "equation";
  const shown = equation ? [equationPlace(document, equation), ...words.filter(isNew).slice(0, 1)] : words;
  // A query that is a formula is only answered by formulas, unless it has words as well.
  const found = formula && !equation && places.length === 0 ? [] : shown;
  return { score: rating, result: { chapter, title, places: found } };
}

function equationPlace(document: SearchDocument, { formula }: MatchedFormula): FoundPlace {
  const section = document.places[formula.place];
  return {
    kind: "equation",
    id: formula.id ?? section?.id ?? "",
    name: section ? markAll(section.name, []) : [],
    snippet: [],
    formula: { ...document.markupOf(formula), number: formula.number },
  };
}

/** A chapter whose title has the words is found as a whole, unless a place has more of them. */
function shownPlaces(
  { places: all }: SearchDocument,
  places: readonly MatchedPlace[],
  wordsInTitle: number,
  finder: WordFinder,
): FoundPlace[] {
  const [best] = places;
  const least = (best?.score ?? 0) * leastShare;
  const shown = places
    .filter(({ score }) => score >= least)
    .slice(0, maxPlaces)
    .map(({ place, hits, nameHits }): FoundPlace => {
      const kind = place.kind === "section" && place.id === "" ? "chapter" : place.kind;
      return { kind, id: place.id, name: markAll(place.name, nameHits), snippet: snippetOf(place.text, hits) };
    });
  const wordsInName = new Set(best?.nameHits.map(({ term }) => term)).size;
  if (wordsInTitle === 0 || (best && wordsInName > wordsInTitle)) return shown;
  const opening = all.find(({ kind, id, text }) => kind === "section" && (id === "" || text !== ""));
  const text = opening?.text ?? "";
  const whole: FoundPlace = { kind: "chapter", id: "", name: [], snippet: snippetOf(text, finder.find(text)) };
  return [whole, ...shown.filter(({ kind }) => kind !== "chapter")].slice(0, maxPlaces);
}
