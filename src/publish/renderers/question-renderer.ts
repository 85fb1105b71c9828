/** Renders questions and their answers outside of their text: on the page of all questions, and for Anki. */
import type { Token, Tokens } from "marked";
import type { CompiledQuestion } from "../../library/objects.ts";
import type { Words } from "../../ui/words/words.ts";
import { escapeHtml } from "../markdown/raw-html.ts";
import type { TextAnalysis } from "../markdown/text-analysis.ts";
import { texOf } from "../markdown/token-text.ts";
import type { MathsToken } from "../markdown/tokens.ts";
import { createFeedRenderer } from "./feed-renderer.ts";
import { createPageRenderer } from "./page-renderer.ts";
import type { Renderer } from "./renderer.ts";
import { renderQuestions } from "./text-walk.ts";

export interface QuestionSource {
  readonly analysis: TextAnalysis;
  readonly words: Words;
  /** Public path of the text. */
  readonly path: string;
  /** Keys of the works that the text cites. */
  readonly references: readonly string[];
  /** An image as a file, with a path and with an absolute URL: outside of its text, no figure is interactive. */
  readonly renderPicture: Record<"onPage" | "onCard", (image: Tokens.Image) => string>;
}

export interface AskedQuestion {
  readonly token: Token;
  /** As on the page of its text, with links back to it. */
  readonly page: CompiledQuestion;
  /** For Anki: HTML without styles, in which MathJax finds the formulas. */
  readonly card: CompiledQuestion;
}

/** The questions of a text, in their order. */
export function renderAsked(source: QuestionSource): AskedQuestion[] {
  const cards = renderQuestions(source.analysis, createCardRenderer(source));
  return renderQuestions(source.analysis, createSharedPageRenderer(source)).map((question, index) => ({
    token: question.token,
    page: finish(question, (html) => moveTo(source.path, html)),
    card: finish(cards[index] ?? question, withoutGaps),
  }));
}

const finish = ({ id, asked, answered }: CompiledQuestion, change: (html: string) => string): CompiledQuestion => ({
  id,
  asked: change(asked).trim(),
  answered: change(answered).trim(),
});

const createSharedPageRenderer = ({ words, references, renderPicture }: QuestionSource): Renderer => ({
  ...createPageRenderer(words, references, renderPicture.onPage),
  // The note itself stays in the text.
  noteMark: (number) =>
    `<a class="note-mark" href="#note-${number}" role="doc-noteref" aria-label="${words.labels.note(number)}">${number}</a>`,
});

/** Text has no bare `<`, and values of attributes no bare `"`. */
const openingTag = /<[a-z](?:"[^"]*"|[^">])*>/g;

/** Without ids, because elements of two texts may have the same one. */
const moveTo = (path: string, html: string): string =>
  html.replace(openingTag, (tag) => tag.replace(/ id="[^"]*"/, "").replace(/ href="#/, ` href="${path}#`));

/** Stands for what a card leaves out: marks of notes and citations. */
const gap = "\0gap\0";

const withoutGaps = (html: string): string => html.replace(/\s*\0gap\0/g, "");

const createCardRenderer = ({ words, path, references, renderPicture }: QuestionSource): Renderer => ({
  ...createFeedRenderer(words, path, references, renderPicture.onCard, () => false),
  inlineFormula: (maths, mark = "") => `\\(${escapedTex(maths)}\\)${escapeHtml(mark)}`,
  equation: (maths) => `<p>\\[${escapedTex(maths)}\\]</p>\n`,
  equationReference: (_, number) => `(${number})`,
  reference: ({ text }) => escapeHtml(text),
  citation: () => gap,
  noteMark: () => gap,
  // Links to chapters are words: some may not be public yet.
  link: (to, html) => (to?.kind === "web" ? `<a href="${escapeHtml(to.url)}">${html}</a>` : html),
});

const escapedTex = (maths: MathsToken): string => escapeHtml(texOf(maths).trim());
