/** Describes what was found as text for a language model: each place with its link, and each formula with its TeX. */
import {
  type ResponseChapter,
  type ResponsePlace,
  type SearchResponse,
  textOfPieces,
} from "../../ui/search-response.ts";

/** Undefined if nothing was found. */
export function describeFound({ results, message }: SearchResponse, origin: string): string | undefined {
  if (results.length === 0) return undefined;
  return [message, ...results.map((chapter) => describeChapter(chapter, origin))].join("\n\n");
}

function describeChapter({ title, book, number, places }: ResponseChapter, origin: string): string {
  const place = number === 0 ? book : `${book} · ${number}`;
  return [`## ${textOfPieces(title)} (${place})`, ...places.map((each) => describePlace(each, origin))].join("\n\n");
}

function describePlace({ label, name, url, snippet, tex }: ResponsePlace, origin: string): string {
  const heading = name.length > 0 ? `${label}: ${textOfPieces(name)}` : label;
  const lines = [`${heading}\n${origin}${url}`];
  if (tex !== undefined) lines.push(`$$${tex}$$`);
  if (snippet.length > 0) lines.push(textOfPieces(snippet));
  return lines.join("\n");
}

/** The formulas alone, with the chapters that have them. */
export const formulasOf = (results: readonly ResponseChapter[]): ResponseChapter[] =>
  results
    .map((chapter) => ({ ...chapter, places: chapter.places.filter(({ tex }) => tex !== undefined) }))
    .filter(({ places }) => places.length > 0);
