/** Renders a text without errors in all its forms: page, feed entry, Markdown copy and email. */
import type { Tokens } from "marked";
import type { ChapterObject } from "../../library/chapter-object.ts";
import { inLanguage, wordsOf } from "../../library/language.ts";
import type { Change } from "../../library/manifest.ts";
import { formatWork } from "../markdown/cite.ts";
import { texOf } from "../markdown/token-text.ts";
import { createResolver } from "../maths/resolve-symbols.ts";
import { markSymbols, type SymbolCounts } from "../maths/symbol-marks.ts";
import { createFeedRenderer } from "../renderers/feed-renderer.ts";
import { listNotation, readNotation } from "../renderers/mail-notation.ts";
import { createPageRenderer } from "../renderers/page-renderer.ts";
import { type PublishedMail, publishMail } from "../renderers/publish-mail.ts";
import {
  changeSection,
  markdownChanges,
  plainChanges,
  type RenderedChange,
  renderChanges,
} from "../renderers/render-changes.ts";
import { createTextRenderer } from "../renderers/text-renderer.ts";
import { renderHeading, renderText } from "../renderers/text-walk.ts";
import type { ProblemList } from "../source/problem.ts";
import { type CollectedQuestion, collectQuestions } from "./collect-questions.ts";
import { exportMarkdown } from "./export-markdown.ts";
import type { ParsedText } from "./parse-text.ts";
import type { Pictures } from "./read-pictures.ts";
import { TextImages } from "./text-images.ts";
import type { TextJob, TextTools } from "./text-job.ts";

export interface RenderedText {
  readonly html: string;
  /** How many symbols of its formulas the notation explains. */
  readonly symbolCounts: SymbolCounts;
  readonly headings: ChapterObject["headings"];
  readonly references: ChapterObject["references"];
  readonly changes: RenderedChange[];
  /** For the manifest. */
  readonly plainChanges: Change[];
  readonly feedHtml: string | undefined;
  readonly markdown: string;
  readonly mail: PublishedMail | undefined;
  readonly questions: readonly CollectedQuestion[];
  /** Images and figures that the renderers used. */
  readonly images: TextImages;
}

/** Requires the languages of listings to be loaded. */
export async function renderAll(
  parsed: ParsedText,
  job: TextJob,
  tools: TextTools,
  pictures: Pictures,
  problems: ProblemList,
): Promise<RenderedText> {
  const images = new TextImages(pictures, tools);
  const references = formatReferences(parsed, job);
  // In this order, because `images.media` lists images by first use.
  const page = renderPage(parsed, job, images);
  const feedHtml = job.inFeed ? renderFeed(parsed, job, images, references) : undefined;
  const markdown = exportMarkdown(parsed, job.path, images) + markdownChanges(parsed.analysis, job.words, job.path);
  const mail = job.mail && (await renderMail(parsed, { ...job, mail: job.mail }, images, references, tools, problems));
  const plainChanges = inPlainText(parsed, job, images);
  const questions = collectQuestions(parsed, job, images);
  return { ...page, references, plainChanges, feedHtml, markdown, mail, questions, images };
}

function renderPage(
  { analysis, source }: ParsedText,
  { words }: TextJob,
  images: TextImages,
): Pick<RenderedText, "html" | "symbolCounts" | "headings" | "changes"> {
  const { references, symbols } = source.data;
  const formulas = analysis.formulas.map(({ maths }) => ({
    tex: texOf(maths),
    isDisplayed: maths.type === "displayedMaths",
  }));
  const resolve = createResolver(symbols, formulas);
  const symbolCounts: SymbolCounts = { resolved: 0, unknown: 0 };
  const withMarks = createPageRenderer(words, references, images.onPage, (tex, isDisplayed) =>
    markSymbols(tex, isDisplayed, resolve, symbolCounts),
  );
  const html = renderText(analysis, withMarks);
  // Headings are repeated in links, where a symbol cannot be tapped.
  const renderer = createPageRenderer(words, references, images.onPage);
  return {
    html,
    symbolCounts,
    changes: renderChanges(analysis, renderer),
    headings: analysis.tokens
      .filter((token): token is Tokens.Heading => token.type === "heading" && token.depth === 2)
      .map((heading) => ({
        id: analysis.headingIds.get(heading) ?? "",
        html: renderHeading(analysis, renderer, heading.tokens),
      })),
  };
}

function inPlainText({ analysis, source }: ParsedText, { words, path }: TextJob, images: TextImages): Change[] {
  const renderer = createTextRenderer(words, path, source.data.references, images.moves);
  return plainChanges(analysis, renderer);
}

type References = RenderedText["references"];

function renderFeed(
  { analysis, source }: ParsedText,
  job: TextJob,
  images: TextImages,
  references: References,
): string {
  const renderer = createFeedRenderer(job.words, job.path, source.data.references, images.inFeed, images.moves);
  const text = renderText(analysis, renderer) + renderer.endnotes();
  const symbols = listNotation(readNotation(source.data.symbols), renderer);
  const notation = symbols === "" ? "" : `<h2>${job.words.chapter.notation}</h2>\n${inLanguage(symbols, job)}`;
  const changes = changeSection(renderChanges(analysis, renderer), job.words, {
    label: (label) => `<strong>${label}</strong>`,
    text: (html) => inSpan(html, job),
  });
  return inLanguage(text, job) + notation + feedReferences(references, job.words.chapter.references) + changes;
}

function inSpan(html: string, text: TextJob): string {
  const { lang, dir } = wordsOf(text);
  return lang === undefined ? html : `<span lang="${lang}" dir="${dir}">${html}</span>`;
}

/** A work without a description has no entry. */
function feedReferences(references: References, heading: string): string {
  const items = references.map(({ html }) => (html === "" ? "" : `<li>${html}</li>`));
  return items.length === 0 ? "" : `<h2>${heading}</h2>\n<ol>\n${items.join("\n")}\n</ol>\n`;
}

const formatReferences = ({ source }: ParsedText, { words, works }: TextJob): References =>
  source.data.references.map((key) => {
    const work = works.get(key);
    return { key, html: work ? formatWork(words, work) : "" };
  });

const renderMail = (
  { analysis, source }: ParsedText,
  { words, mail, path, language, direction }: TextJob & { readonly mail: NonNullable<TextJob["mail"]> },
  images: TextImages,
  references: References,
  { store }: TextTools,
  problems: ProblemList,
): Promise<PublishedMail> =>
  publishMail(
    {
      ...mail,
      words,
      language,
      direction,
      file: source.file,
      path,
      analysis,
      symbols: source.data.symbols,
      references,
      drawPicture: images.inMail,
      moves: images.moves,
    },
    store,
    problems,
  );
