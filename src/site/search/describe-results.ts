/** Describes results in the library's language, for the page and as JSON. */
import { foldLetters } from "../../library/fold-letters.ts";
import type { TextContext } from "../../ui/page-context.ts";
import {
  type ResponseChapter,
  type ResponsePiece,
  type ResponsePlace,
  type SearchResponse,
  textOfPieces,
} from "../../ui/search-response.ts";
import {
  type FoundChapter,
  type LibraryAnswer,
  type LinkedPlace,
  maxResults,
  type SearchRequest,
} from "./library-search.ts";

type Words = TextContext["words"];

export function describeAnswer(words: Words, request: SearchRequest, answer: LibraryAnswer): SearchResponse {
  const corrected = correctedText(request.text, answer);
  return {
    query: request.text,
    ...(corrected !== undefined && { corrected }),
    message: messageOf(words, request, answer.chapters.length),
    ...(request.text === "" && { close: words.search.close }),
    results: answer.chapters.map((chapter) => describeChapter(words, chapter)),
  };
}

function messageOf({ search: words }: Words, { text, book }: SearchRequest, count: number): string {
  if (text === "") return words.introduction;
  if (count === 0) return book ? words.nothingInBook(text, book.shortTitle) : words.nothing(text);
  return count < maxResults ? words.found(count) : words.foundAtMost(count);
}

/** The query with its misspelt words replaced; undefined if it has none. */
function correctedText(text: string, { corrections }: LibraryAnswer): string | undefined {
  const replaced = new Map(corrections.map(({ from, to }) => [from, to]));
  const corrected = text.replace(/[\p{L}\p{M}\p{N}]+/gu, (word) => replaced.get(foldLetters(word)) ?? word);
  return corrected === text ? undefined : corrected;
}

const describeChapter = (words: Words, { entry, number, title, places }: FoundChapter): ResponseChapter => ({
  id: entry.id,
  title: piecesOf(title),
  book: entry.book.shortTitle,
  number,
  places: places.map((place) => describePlace(words, place, entry.isOverview)),
});

function describePlace({ search: words }: Words, place: LinkedPlace, isOverview: boolean): ResponsePlace {
  const kind = place.kind === "chapter" && isOverview ? "overview" : place.kind;
  const name = piecesOf(place.name);
  // A figure's name, `Figure 2.`, says what it is; so does that of a box.
  const isNamed = kind === "figure" || kind === "table" || kind === "box";
  const number = place.formula?.number;
  return {
    kind,
    label: isNamed
      ? textOfPieces(name) || words.kinds[kind]
      : number === undefined
        ? words.kinds[kind]
        : words.equation(number),
    name: isNamed ? [] : name,
    url: place.url,
    snippet: piecesOf(place.snippet),
    ...(place.formula && { tex: place.formula.tex, mathml: withinLine(place.formula.mathml) }),
  };
}

const piecesOf = (pieces: LinkedPlace["snippet"]): ResponsePiece[] =>
  pieces.map(({ text, isHit }) => (isHit ? { text, hit: true } : { text }));

/** As large as an equation of its own, but not centred. */
export const withinLine = (mathml: string): string => mathml.replace(' display="block"', ' displaystyle="true"');
