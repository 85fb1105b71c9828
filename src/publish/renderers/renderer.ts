/** What each renderer (page, feed, mail, plain text) makes of every part of a text. The walk over the tokens is the same for all. */
import type { Tokens } from "marked";
import type { LinkTarget } from "../markdown/links.ts";
import type { MathsToken } from "../markdown/tokens.ts";

/** Every `html` is finished, made by the same renderer. */
export interface Renderer {
  heading(heading: {
    readonly depth: number;
    readonly id: string;
    readonly html: string;
    readonly words: string;
  }): string;
  /** `language` is "" where none is named. */
  listing(code: string, language: string): string;
  cell(tag: "th" | "td", align: Tokens.TableCell["align"], html: string): string;
  /** `html` begins with `<thead>`. */
  table(html: string): string;
  /** `mark`: the punctuation right behind the formula, which must not begin a line of its own. */
  inlineFormula(maths: MathsToken, mark: string | undefined): string;
  equation(maths: MathsToken, number: number | undefined): string;
  equationReference(label: string, number: number): string;
  citation(keys: readonly string[]): string;
  /** `text` renders the note; a renderer that has notes elsewhere need not call it. */
  noteMark(number: number, text: () => string): string;
  /** `title` is escaped, "" where there is none. */
  link(to: LinkTarget | undefined, html: string, title: string): string;
  figure(image: Tokens.Image, number: number, caption: string): string;
  box(box: {
    readonly name: string;
    /** "" where the box has none. */
    readonly title: string;
    readonly titleWords: string;
    readonly body: string;
  }): string;
  questions(questions: readonly { readonly asked: string; readonly answered: string }[]): string;
  /** A paragraph, list, table or quotation that stands in no other one: what belongs below it may be added. */
  closeBlock?(html: string): string;
}
