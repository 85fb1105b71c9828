/** Collects the rendered parts of a text into its object, and what the rest of the library needs to know about it. */

import { encodeChapter, type SymbolEntry } from "../../library/chapter-object.ts";
import { printedMinutes } from "../../library/reading-time.ts";
import { encodeDocument } from "../../search/search-document.ts";
import { collectClasses, collectGlyphs, compactGlyphs } from "../assets/glyphs.ts";
import type { ObjectStore } from "../object-store.ts";
import { lettersOf } from "../renderers/page-figure.ts";
import { type IndexedText, indexText } from "../search/index-text.ts";
import { collectSearchable } from "../search/searchable-text.ts";
import type { Problem } from "../source/problem.ts";
import { collectIndex } from "./collect-index.ts";
import type { CompiledText } from "./compiled-text.ts";
import type { ParsedText } from "./parse-text.ts";
import type { RenderedText } from "./render-all.ts";
import type { TextJob } from "./text-job.ts";

export function collectText(
  parsed: ParsedText,
  {
    html,
    symbolCounts,
    headings,
    references,
    changes,
    plainChanges,
    feedHtml,
    markdown,
    mail,
    questions,
    images,
  }: RenderedText,
  job: TextJob,
  store: ObjectStore,
  problems: readonly Problem[],
): CompiledText {
  const { analysis, symbols, chapterLinks, mainFormula } = parsed;
  const { media, figures } = images;
  const parts = {
    headings,
    symbols,
    references,
    ...(changes.length > 0 && { changes }),
    ...(job.cover !== undefined && { cover: job.cover }),
  };
  const shown = [...[{ html }, ...headings, ...changes].map((part) => part.html), ...symbols.flatMap(htmlOf)];
  const drawings = figures.map((figure) => figure.draw());
  return {
    problems,
    html: job.keepHtml ? html : "",
    object: store.put(encodeChapter(parts, html), "chapter"),
    markdown: store.put(markdown, "md"),
    changes: plainChanges,
    media,
    mail,
    minutes: printedMinutes(analysis.counts),
    hasMaths:
      shown.some((text) => text.includes('class="katex"')) || drawings.some((svg) => svg.includes('class="formula')),
    interactiveFigures: figures.filter(({ interactive }) => interactive).map(({ name }) => name),
    feedHtml,
    indexed: job.isSearched ? indexOf(parsed, job, store) : undefined,
    anchors: analysis.anchors,
    chapterLinks,
    symbols,
    symbolCounts,
    questions,
    mainFormula,
    index: collectIndex(parsed),
    classes: collectClasses(shown),
    glyphs: compactGlyphs(
      collectGlyphs([...shown, ...references.map((work) => work.html), ...figures.flatMap(lettersOf)]),
    ),
  };
}

function indexOf({ analysis, source }: ParsedText, { words, isEnglish }: TextJob, store: ObjectStore): IndexedText {
  const text = collectSearchable(analysis, source.data.symbols, words);
  return { document: store.put(encodeDocument(text), "search"), ...indexText(text, isEnglish) };
}

const htmlOf = (symbol: SymbolEntry): string[] => [symbol.html, symbol.meaning, symbol.shape ?? ""];
