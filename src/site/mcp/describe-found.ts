/** Describes what was found as text for a language model: each place with its link, and each formula with its TeX. */
import type { ResponseChapter, ResponsePiece, ResponsePlace, SearchResponse } from "../../ui/search-response.ts";

const plain = (pieces: readonly ResponsePiece[]): string => pieces.map(({ text }) => text).join("");

/** Undefined if nothing was found. */
export function describeFound({ results, message }: SearchResponse, origin: string): string | undefined {
  if (results.length === 0) return undefined;
  return [message, ...results.map((chapter) => describeChapter(chapter, origin))].join("\n\n");
}

function describeChapter({ title, book, number, places }: ResponseChapter, origin: string): string {
  const place = number === 0 ? book : `${book} · ${number}`;
  return [`## ${plain(title)} (${place})`, ...places.map((each) => describePlace(each, origin))].join("\n\n");
}

function describePlace({ label, name, url, snippet, tex }: ResponsePlace, origin: string): string {
  const heading = name.length > 0 ? `${label}: ${plain(name)}` : label;
  const lines = [`${heading}\n${origin}${url}`];
  if (tex !== undefined) lines.push(`$$${tex}$$`);
  if (snippet.length > 0) lines.push(plain(snippet));
  return lines.join("\n");
}

/** The formulas alone, with the chapters that have them. */
export const formulasOf = (results: readonly ResponseChapter[]): ResponseChapter[] =>
  results
    .map((chapter) => ({ ...chapter, places: chapter.places.filter(({ tex }) => tex !== undefined) }))
    .filter(({ places }) => places.length > 0);
