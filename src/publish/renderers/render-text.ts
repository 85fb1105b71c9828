/** Tokens to HTML, once for each medium: the walk over the tokens, and the direction of quotes on the way. */
import { decodeHTML } from "entities";
import { Marked, type Token, type Tokens } from "marked";
import { boxKinds } from "../markdown/boxes.ts";
import { checkHtml, escapeHtml } from "../markdown/raw-html.ts";
import type { TextAnalysis } from "../markdown/text-analysis.ts";
import { languageOf, plainText } from "../markdown/token-text.ts";
import { asOwn, type BoxToken } from "../markdown/tokens.ts";
import { setTypography } from "../markdown/typography.ts";
import type { Medium } from "./renderer.ts";

/** The text in the medium's HTML. Needs an analysis without errors, and the languages loaded. */
export const renderText = (analysis: TextAnalysis, medium: Medium): string =>
  createRenderer(analysis, medium).blocks([...analysis.tokens]);

/** The same block by block, in the order of `analysis.tokens`. */
export function renderBlocks(analysis: TextAnalysis, medium: Medium): string[] {
  const { blocks } = createRenderer(analysis, medium);
  return analysis.tokens.map((token) => blocks([token]));
}

/** A heading's words as inline HTML, for the contents list. */
export const renderHeading = (analysis: TextAnalysis, medium: Medium, tokens: Token[]): string =>
  createRenderer(analysis, medium).inline(withoutLinks(tokens));

/** Links as their words, without notes and citations: the list that they stand in is made of links already. */
const withoutLinks = (tokens: readonly Token[]): Token[] =>
  tokens
    .filter(({ type }) => type !== "noteReference" && type !== "citation")
    .flatMap((token) => {
      const inner = "tokens" in token && token.tokens ? withoutLinks(token.tokens) : undefined;
      if (token.type === "link") return inner ?? [];
      return [inner ? { ...token, tokens: inner } : token];
    });

function createRenderer(analysis: TextAnalysis, medium: Medium) {
  /** Last character set in the current paragraph, for the direction of quotes. */
  let previous = "";
  /** How many lists, tables and quotations the walk is in. */
  let depth = 0;

  const marked = new Marked({
    gfm: true,
    renderer: {
      text(token) {
        if ("tokens" in token && token.tokens) return this.parser.parseInline(token.tokens);
        // Punctuation behind a formula was set together with it.
        const glued = analysis.punctuation.get(token)?.length ?? 0;
        return words(decodeHTML(token.text.slice(glued)));
      },
      codespan(token) {
        previous = "x";
        return `<code>${escapeHtml(token.text)}</code>`;
      },
      br() {
        previous = " ";
        return "<br>";
      },
      paragraph(token) {
        previous = "";
        const figure = analysis.figures.get(token);
        if (!figure) return block(() => `<p>${this.parser.parseInline(token.tokens)}</p>\n`);
        const caption = inline(analysis.captions.get(figure.image) ?? []);
        return medium.figure(figure.image, figure.number, caption);
      },
      heading(token) {
        previous = "";
        const html = this.parser.parseInline(token.tokens);
        const words = escapeHtml(setTypography(decodeHTML(plainText(token.tokens)), ""));
        return medium.heading({ depth: token.depth, id: analysis.headingIds.get(token) ?? "", html, words });
      },
      link(token) {
        // An address that is shown as it is keeps its hyphens and dots.
        const isBare = token.text === token.href || token.raw === token.text;
        const text = isBare ? escapeHtml(token.text) : this.parser.parseInline(token.tokens);
        return medium.link(analysis.linkTargets.get(token), text, token.title ? escapeHtml(token.title) : "");
      },
      // Only reached by a picture inside a paragraph, which the analysis has refused.
      image: () => "",
      html(token) {
        if (/^<br\b/i.test(token.raw)) previous = " ";
        return checkHtml(token.raw).html;
      },
      code: (token) => medium.listing(token.text, languageOf(token)),
      table(token) {
        const cell = (tag: "th" | "td", { tokens, align }: Tokens.TableCell) => {
          previous = "";
          return medium.cell(tag, align, this.parser.parseInline(tokens));
        };
        return block(() => {
          const head = token.header.map((header) => cell("th", header)).join("");
          const rows = token.rows.map((row) => `<tr>${row.map((data) => cell("td", data)).join("")}</tr>`).join("\n");
          return medium.table(`<thead><tr>${head}</tr></thead><tbody>${rows}</tbody>`);
        });
      },
      list(token) {
        const tag = token.ordered ? "ol" : "ul";
        const start = token.ordered && token.start !== 1 && token.start !== "" ? ` start="${token.start}"` : "";
        return block(() => {
          const items = token.items.map((item) => {
            previous = "";
            return `<li>${this.parser.parse(item.tokens).trim()}</li>`;
          });
          return `<${tag}${start}>\n${items.join("\n")}\n</${tag}>\n`;
        });
      },
      blockquote(token) {
        return block(() => `<blockquote>\n${this.parser.parse(token.tokens)}</blockquote>\n`);
      },
      strong(token) {
        return `<strong>${this.parser.parseInline(token.tokens)}</strong>`;
      },
      em(token) {
        return `<em>${this.parser.parseInline(token.tokens)}</em>`;
      },
    },
    extensions: (
      [
        "inlineMaths",
        "displayedMaths",
        "citation",
        "noteReference",
        "note",
        "equationReference",
        "box",
        "broken",
      ] as const
    ).map((name) => ({ name, renderer: renderOwn })),
  });

  const blocks = (tokens: Token[]): string => marked.Parser.parse(tokens, marked.defaults);
  const inline = (tokens: Token[]): string => {
    previous = "";
    return marked.Parser.parseInline(tokens, marked.defaults);
  };
  return { blocks, inline };

  /** Something that may hold marks of notes; the outermost one is closed by the medium. */
  function block(render: () => string): string {
    depth += 1;
    const html = render();
    depth -= 1;
    return depth === 0 && medium.closeBlock ? medium.closeBlock(html) : html;
  }

  function words(text: string): string {
    const set = setTypography(text, previous);
    previous = set.at(-1) ?? previous;
    return escapeHtml(set);
  }

  function renderOwn(token: Token): string {
    const own = asOwn(token);
    switch (own?.type) {
      case "inlineMaths":
        previous = "x";
        return medium.inlineFormula(own, analysis.punctuation.get(token));
      case "displayedMaths":
        return medium.equation(own, analysis.equationNumbers.get(token));
      case "citation":
        previous = ")";
        return medium.citation(own.keys);
      case "equationReference":
        previous = ")";
        return medium.equationReference(own.label, analysis.labels.get(own.label) ?? 0);
      case "noteReference":
        return renderNoteMark(own.name);
      case "box":
        return renderBox(own);
      case "note":
      case "broken":
      case undefined:
        return "";
    }
  }

  function renderNoteMark(name: string): string {
    const note = analysis.notes.get(name);
    if (!note) return "";
    const before = previous;
    const mark = medium.noteMark(note.number, () => inline(note.tokens));
    previous = before;
    return mark;
  }

  function renderBox(box: BoxToken): string {
    // What a box holds is a text of its own: notes stand inside it.
    const outside = depth;
    depth = 0;
    const title = box.title.length > 0 ? inline(box.title) : "";
    const body = box.name === "questions" ? renderQuestions(box.tokens) : blocks(box.tokens);
    depth = outside;
    const titleWords = plainText(box.title);
    return medium.box({ name: box.name, kind: boxKinds[box.name] ?? "", title, titleWords, body });
  }

  function renderQuestions(tokens: Token[]): string {
    const list = tokens.find(({ type }) => type === "list") as Tokens.List | undefined;
    return block(() => {
      const questions = (list?.items ?? []).map((item) => {
        const [question, ...answer] = item.tokens.filter(({ type }) => type !== "space");
        previous = "";
        return { asked: question ? blocks([question]) : "", answered: blocks(answer) };
      });
      return medium.questions(questions);
    });
  }
}
