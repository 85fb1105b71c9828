/** Collects what a text has to find: its sections with their words, figures, boxes, symbols and formulas. */
import type { Tokens } from "marked";
import { reservedIds } from "../../library/page-ids.ts";
import type { Place, SearchableFormula, SearchableText } from "../../search/search-document.ts";
import type { Words } from "../../ui/words/words.ts";
import type { TextAnalysis } from "../markdown/text-analysis.ts";
import { readNotation } from "../renderers/mail-notation.ts";
import { renderBlocks, renderHeading, renderInline } from "../renderers/text-walk.ts";
import type { ChapterFields } from "../source/content-schema.ts";
import { createSearchRenderer, plainTextOf, type SearchRenderer } from "./search-renderer.ts";

export function collectSearchable(
  analysis: TextAnalysis,
  symbols: ChapterFields["symbols"],
  words: Words,
): SearchableText {
  const renderer = createSearchRenderer(words);
  const places: Place[] = [{ kind: "section", id: "", name: "", text: "" }];
  const formulas: SearchableFormula[] = [];
  let section = 0;
  for (const { token, html, aside } of renderByBlock(analysis, renderer)) {
    if (token.type === "heading") {
      const name = plainTextOf(renderHeading(analysis, renderer, (token as Tokens.Heading).tokens));
      renderer.take();
      section = places.length;
      places.push({ kind: "section", id: analysis.headingIds.get(token) ?? "", name, text: "" });
    } else {
      const place = places[section];
      if (place) places[section] = { ...place, text: `${place.text} ${plainTextOf(html)}`.trim() };
    }
    for (const { id, ...place } of aside.places) places.push({ ...place, id: id === "" ? idOf(places[section]) : id });
    for (const formula of aside.formulas) formulas.push({ ...formula, place: section });
  }
  for (const { symbol, meaning } of readNotation(symbols))
    places.push({
      kind: "symbol",
      id: reservedIds.notation,
      name: plainTextOf(renderer.inlineFormula(symbol, undefined)),
      text: plainTextOf(renderInline(analysis, renderer, [...meaning])),
    });
  return { places, formulas: withoutRepetitions(formulas) };
}

const idOf = (place: Place | undefined): string => place?.id ?? "";

/** An inline formula is found where it is first; displayed ones all have their own URL. */
function withoutRepetitions(formulas: readonly SearchableFormula[]): SearchableFormula[] {
  const seen = new Set<string>();
  return formulas.filter(({ id, tokens }) => {
    if (id !== undefined) return true;
    if (seen.has(tokens)) return false;
    seen.add(tokens);
    return true;
  });
}

function renderByBlock(analysis: TextAnalysis, renderer: SearchRenderer) {
  return analysis.tokens.map((token) => {
    const [html = ""] = renderBlocks({ ...analysis, tokens: [token] }, renderer);
    return { token, html, aside: renderer.take() };
  });
}
