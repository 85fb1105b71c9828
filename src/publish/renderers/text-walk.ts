/** Walks the tokens of a text, renders them with a renderer, and keeps track of the direction of quotes. */
import { decodeHTMLStrict } from "entities";
import { Marked, type Parser, type Token, type Tokens } from "marked";
import { anchorOf } from "../markdown/labels.ts";
import { questionId } from "../markdown/question-id.ts";
import { checkHtml, escapeHtml } from "../markdown/raw-html.ts";
import type { TextAnalysis } from "../markdown/text-analysis.ts";
import { languageOf, plainText } from "../markdown/token-text.ts";
import {
  asOwn,
  type BoxToken,
  forEachToken,
  type IndexMarkToken,
  type MathsToken,
  ownTypes,
} from "../markdown/tokens.ts";
import { setTypography } from "../markdown/typography.ts";
import type { Caption, RenderedQuestion, Renderer } from "./renderer.ts";

/** The text as HTML of the renderer. Requires an analysis without errors, and the languages loaded. */
export const renderText = (analysis: TextAnalysis, renderer: Renderer): string =>
  new TextWalk(analysis, renderer).blocks([...analysis.tokens]);

/** Like `renderText`, but block by block, in the order of `analysis.tokens`. */
export function renderBlocks(analysis: TextAnalysis, renderer: Renderer): string[] {
  const walk = new TextWalk(analysis, renderer);
  return analysis.tokens.map((token) => walk.blocks([token]));
}

/** The questions of all boxes, in the order of the text. */
export function renderQuestions(analysis: TextAnalysis, renderer: Renderer): RenderedQuestion[] {
  const found: RenderedQuestion[] = [];
  const collect = (questions: readonly RenderedQuestion[]) => {
    found.push(...questions);
    return "";
  };
  const walk = new TextWalk(analysis, { ...renderer, questions: collect });
  forEachToken(analysis.tokens, (token) => {
    if (asOwn(token)?.type === "box" && (token as Token & BoxToken).name === "questions") walk.blocks([token]);
  });
  return found;
}

/** A heading as inline HTML, for the table of contents. */
export const renderHeading = (analysis: TextAnalysis, renderer: Renderer, tokens: Token[]): string =>
  new TextWalk(analysis, renderer).inline(withoutLinks(withWords(tokens, analysis)));

/** Inline tokens that are not in the text's own list. */
export const renderInline = (analysis: TextAnalysis, renderer: Renderer, tokens: Token[]): string =>
  new TextWalk(analysis, renderer).inline(tokens);

/**
 * Replaces links with their text and drops notes and citations: the entries of the table of contents are links already.
 */
const withoutLinks = (tokens: readonly Token[]): Token[] =>
  tokens
    .filter(({ type }) => type !== "noteReference" && type !== "citation")
    .flatMap((token) => {
      const inner = "tokens" in token && token.tokens ? withoutLinks(token.tokens) : undefined;
      if (token.type === "link") return inner ?? [];
      return [inner ? { ...token, tokens: inner } : token];
    });

/** Replaces references with their words. */
const withWords = (tokens: readonly Token[], analysis: TextAnalysis): Token[] =>
  tokens.map((token): Token => {
    const reference = analysis.references.get(token);
    if (reference) return { type: "text", raw: reference.text, text: reference.text, escaped: false };
    return "tokens" in token && token.tokens ? { ...token, tokens: withWords(token.tokens, analysis) } : token;
  });

class TextWalk {
  readonly #analysis: TextAnalysis;
  readonly #renderer: Renderer;
  readonly #parser: Parser;
  /** Last character of the current paragraph, for the direction of quotes. */
  #previous = "";
  /** Nesting depth of lists, tables and quotations. */
  #depth = 0;

  constructor(analysis: TextAnalysis, renderer: Renderer) {
    this.#analysis = analysis;
    this.#renderer = renderer;
    const marked = new Marked({
      gfm: true,
      renderer: {
        text: (token) => this.#text(token),
        codespan: ({ text }) => this.#after("x", `<code>${escapeHtml(text)}</code>`),
        br: () => this.#after(" ", "<br>"),
        paragraph: (token) => this.#paragraph(token),
        heading: (token) => this.#heading(token),
        link: (token) => this.#link(token),
        // Only reached by an image inside a paragraph, which the analysis rejects.
        image: () => "",
        html: (token) => this.#html(token),
        code: (token) => renderer.listing(token.text, languageOf(token), this.#caption(token)),
        table: (token) => this.#table(token),
        list: (token) => this.#list(token),
        blockquote: ({ tokens }) => this.#block(() => `<blockquote>\n${this.blocks(tokens)}</blockquote>\n`),
        strong: ({ tokens }) => `<strong>${this.#parser.parseInline(tokens)}</strong>`,
        em: ({ tokens }) => `<em>${this.#parser.parseInline(tokens)}</em>`,
      },
      extensions: ownTypes.map((name) => ({ name, renderer: (token: Token) => this.#own(token) })),
    });
    this.#parser = new marked.Parser(marked.defaults);
  }

  blocks(tokens: Token[]): string {
    return this.#parser.parse(tokens);
  }

  inline(tokens: Token[]): string {
    this.#previous = "";
    return this.#parser.parseInline(tokens);
  }

  #after(previous: string, html: string): string {
    this.#previous = previous;
    return html;
  }

  #text(token: Tokens.Text | Tokens.Escape): string {
    if ("tokens" in token && token.tokens) return this.#parser.parseInline(token.tokens);
    // Marks after a formula and before the next one are rendered with those.
    const start = this.#analysis.punctuation.get(token)?.length ?? 0;
    const end = token.text.length - (this.#analysis.openings.get(token)?.length ?? 0);
    const set = setTypography(decodeHTMLStrict(token.text.slice(start, end)), this.#previous);
    return this.#after(set.at(-1) ?? this.#previous, escapeHtml(set));
  }

  #paragraph(token: Tokens.Paragraph): string {
    this.#previous = "";
    const figure = this.#analysis.figures.get(token);
    if (!figure) return this.#block(() => `<p>${this.#parser.parseInline(token.tokens)}</p>\n`);
    const caption = this.inline(this.#analysis.captions.get(figure.image) ?? []);
    return this.#renderer.figure(figure.image, figure.number, caption);
  }

  #heading(token: Tokens.Heading): string {
    this.#previous = "";
    const html = this.#parser.parseInline(token.tokens);
    const words = escapeHtml(setTypography(decodeHTMLStrict(plainText(token.tokens)), ""));
    const id = this.#analysis.headingIds.get(token) ?? "";
    return this.#renderer.heading({ depth: token.depth, id, html, words });
  }

  #link(token: Tokens.Link): string {
    // A URL that is its own text keeps its hyphens and dots.
    const isBare = token.text === token.href || token.raw === token.text;
    const text = isBare ? escapeHtml(token.text) : this.#parser.parseInline(token.tokens);
    const title = token.title ? escapeHtml(token.title) : "";
    return this.#renderer.link(this.#analysis.linkTargets.get(token), text, title);
  }

  #html({ raw }: Tokens.HTML | Tokens.Tag): string {
    if (/^<br\b/i.test(raw)) this.#previous = " ";
    return checkHtml(raw).html;
  }

  #caption(token: Token): Caption | undefined {
    const captioned = this.#analysis.captioned.get(token);
    if (!captioned) return undefined;
    const { caption, numbered } = captioned;
    const html = this.inline(caption.tokens);
    return { numbered, html, id: caption.label && anchorOf(caption.label) };
  }

  #table(token: Tokens.Table): string {
    const { header, rows } = token;
    const caption = this.#caption(token);
    const cell = (tag: "th" | "td", { tokens, align }: Tokens.TableCell) => {
      this.#previous = "";
      return this.#renderer.cell(tag, align, this.#parser.parseInline(tokens));
    };
    return this.#block(() => {
      const head = header.map((data) => cell("th", data)).join("");
      const body = rows.map((row) => `<tr>${row.map((data) => cell("td", data)).join("")}</tr>`).join("\n");
      return this.#renderer.table(`<thead><tr>${head}</tr></thead><tbody>${body}</tbody>`, caption);
    });
  }

  #list({ ordered, start, items }: Tokens.List): string {
    const tag = ordered ? "ol" : "ul";
    const attribute = ordered && start !== 1 && start !== "" ? ` start="${start}"` : "";
    return this.#block(() => {
      const rendered = items.map((item) => {
        this.#previous = "";
        return `<li>${this.blocks(item.tokens).trim()}</li>`;
      });
      return `<${tag}${attribute}>\n${rendered.join("\n")}\n</${tag}>\n`;
    });
  }

  /** A block that may contain marks of notes; the renderer closes the outermost one. */
  #block(render: () => string): string {
    this.#depth += 1;
    const html = render();
    this.#depth -= 1;
    return this.#depth === 0 && this.#renderer.closeBlock ? this.#renderer.closeBlock(html) : html;
  }

  #own(token: Token): string {
    const own = asOwn(token);
    switch (own?.type) {
      case "inlineMaths":
        return this.#formula(own, token);
      case "displayedMaths":
        return this.#equation(own, token);
      case "citation":
        return this.#after(")", this.#renderer.citation(own.keys));
      case "equationReference":
        return this.#after(")", this.#renderer.equationReference(own.label, this.#analysis.labels.get(own.label) ?? 0));
      case "reference":
        return this.#reference(token);
      case "noteReference":
        return this.#noteMark(own.name);
      case "indexMark":
        return this.#indexMark(own, token);
      case "box":
        return this.#box(own);
      case "caption":
      case "note":
      case "broken":
      case undefined:
        return "";
    }
  }

  #equation(maths: MathsToken, token: Token): string {
    const { equationNumbers, equationIds } = this.#analysis;
    return this.#renderer.equation(maths, equationNumbers.get(token), equationIds.get(token) ?? "");
  }

  #formula(maths: MathsToken, token: Token): string {
    const after = this.#analysis.punctuation.get(token);
    const mark = after && setTypography(after, "x");
    const opening = setTypography(this.#analysis.openings.get(token) ?? "", this.#previous);
    const opened = opening === "" ? undefined : this.#renderer.openedFormula?.(opening, maths, mark);
    const html = opened ?? escapeHtml(opening) + this.#renderer.inlineFormula(maths, mark);
    return this.#after(mark?.at(-1) ?? "x", html);
  }

  #reference(token: Token): string {
    const reference = this.#analysis.references.get(token);
    return reference ? this.#after(reference.text.at(-1) ?? "x", this.#renderer.reference(reference)) : "";
  }

  #indexMark({ tokens }: IndexMarkToken, token: Token): string {
    const html = this.#parser.parseInline(tokens);
    const mark = this.#analysis.indexMarks.get(token);
    if (mark?.anchor === undefined || mark.isOnHeading) return html;
    return this.#renderer.indexMark?.(mark.anchor, html) ?? html;
  }

  #noteMark(name: string): string {
    const note = this.#analysis.notes.get(name);
    if (!note) return "";
    const before = this.#previous;
    return this.#after(
      before,
      this.#renderer.noteMark(note.number, () => this.inline(note.tokens)),
    );
  }

  #box(box: BoxToken): string {
    // The content of a box starts at depth 0, so that its notes stay inside.
    const outside = this.#depth;
    this.#depth = 0;
    const title = box.title.length > 0 ? this.inline(box.title) : "";
    const body = box.name === "questions" ? this.#questions(box.tokens) : this.blocks(box.tokens);
    this.#depth = outside;
    const number = this.#analysis.boxNumbers.get(box as Token);
    const id = box.label && anchorOf(box.label);
    const titleWords = plainText(withWords(box.title, this.#analysis));
    return this.#renderer.box({ name: box.name, title, titleWords, number, id, body });
  }

  #questions(tokens: Token[]): string {
    const list = tokens.find(({ type }) => type === "list") as Tokens.List | undefined;
    return this.#block(() => {
      const questions = (list?.items ?? []).map((item) => {
        const [question, ...answer] = item.tokens.filter(({ type }) => type !== "space");
        this.#previous = "";
        const asked = question ? this.blocks([question]) : "";
        const id = questionId(question ? [question] : []);
        return { id, asked, answered: this.blocks(answer), token: item };
      });
      return this.#renderer.questions(questions);
    });
  }
}
