/**
 * Defines what a renderer (page, feed, email, plain text) makes of each part of a text. All renderers share one walk
 * over the tokens.
 */
import type { Token, Tokens } from "marked";
import type { ResolvedReference } from "../markdown/labels.ts";
import type { LinkTarget } from "../markdown/links.ts";
import type { MathsToken } from "../markdown/tokens.ts";

/** Of a table or a listing. */
export interface Caption {
  /** `Table 2`. */
  readonly numbered: string;
  readonly html: string;
  readonly id: string | undefined;
}

/** A question and its answer as HTML. */
export interface RenderedQuestion {
  /** See `questionId`. */
  readonly id: string;
  readonly asked: string;
  readonly answered: string;
  /** The item of the list. */
  readonly token: Token;
}

/** Every `html` was rendered by the same renderer. */
export interface Renderer {
  heading(heading: {
    readonly depth: number;
    readonly id: string;
    readonly html: string;
    readonly words: string;
  }): string;
  /** `language` is "" if none is named. */
  listing(code: string, language: string, caption: Caption | undefined): string;
  cell(tag: "th" | "td", align: Tokens.TableCell["align"], html: string): string;
  /** `html` begins with `<thead>`. */
  table(html: string, caption: Caption | undefined): string;
  /** `mark`: the punctuation right after the formula, which must not start a line. */
  inlineFormula(maths: MathsToken, mark: string | undefined): string;
  /** `opening`: the marks right before the formula, which must not end a line; by default, they are just text. */
  openedFormula?(opening: string, maths: MathsToken, mark: string | undefined): string;
  /** `id` is that of the equation on its page. */
  equation(maths: MathsToken, number: number | undefined, id: string): string;
  equationReference(label: string, number: number): string;
  reference(reference: ResolvedReference): string;
  citation(keys: readonly string[]): string;
  /** `text` renders the note; a renderer that shows notes elsewhere need not call it. */
  noteMark(number: number, text: () => string): string;
  /** `title` is escaped; "" if there is none. */
  link(to: LinkTarget | undefined, html: string, title: string): string;
  /** A place that the index lists; by default just its words. `id` is that of the place on the page. */
  indexMark?(id: string, html: string): string;
  figure(image: Tokens.Image, number: number, caption: string): string;
  box(box: {
    readonly name: string;
    /** "" if the box has none. */
    readonly title: string;
    readonly titleWords: string;
    readonly number: number | undefined;
    readonly id: string | undefined;
    readonly body: string;
  }): string;
  questions(questions: readonly RenderedQuestion[]): string;
  /** Called for each outermost paragraph, list, table or quotation; may add content below it. */
  closeBlock?(html: string): string;
}
