/** Tokens to HTML: once for the page, once for the feed, which has no stylesheet, no script and other maths. */
import { decodeHTML } from "entities";
import { Marked, type Token, type Tokens } from "marked";
import { boxKinds } from "./boxes.ts";
import { highlight } from "./highlight.ts";
import { type TypesetMaths, typesetMaths } from "./maths.ts";
import { checkHtml, escapeHtml } from "./raw-html.ts";
import type { TextAnalysis } from "./text-analysis.ts";
import { equationId, labelOf, languageOf, plainText, texOf } from "./token-text.ts";
import { asOwn, type BoxToken, type MathsToken } from "./tokens.ts";
import { setTypography } from "./typography.ts";

/** How a figure looks at the place it is rendered for: inline SVG on a page, an `<img>` in a feed. */
export type RenderFigure = (image: Tokens.Image) => string;

export interface RenderTarget {
  readonly medium: "page" | "feed";
  /** Before paths: nothing on a page, `originMark` in a feed. */
  readonly origin: string;
  /** Path of the text itself, for links to its own headings from a feed. */
  readonly path: string;
  readonly references: readonly string[];
  readonly renderFigure: RenderFigure;
}

/** The text as HTML. Needs an analysis without errors, and the languages loaded. */
export function renderText(analysis: TextAnalysis, target: RenderTarget): string {
  const renderer = createRenderer(analysis, target);
  const body = renderer.blocks([...analysis.tokens]);
  return target.medium === "feed" ? body + renderer.endnotes() : body;
}

/** A heading's words as inline HTML, for the contents list. */
export const renderHeading = (analysis: TextAnalysis, target: RenderTarget, tokens: Token[]): string =>
  createRenderer(analysis, { ...target, medium: "page" }).inline(withoutLinks(tokens));

/** Links as their words, without notes and citations: the list that they stand in is made of links already. */
const withoutLinks = (tokens: readonly Token[]): Token[] =>
  tokens
    .filter(({ type }) => type !== "noteReference" && type !== "citation")
    .flatMap((token) => {
      const inner = "tokens" in token && token.tokens ? withoutLinks(token.tokens) : undefined;
      if (token.type === "link") return inner ?? [];
      return [inner ? { ...token, tokens: inner } : token];
    });

function createRenderer(analysis: TextAnalysis, target: RenderTarget) {
  const forPage = target.medium === "page";
  const here = forPage ? "" : target.origin + target.path;
  /** Last character set in the current paragraph, for the direction of quotes. */
  let previous = "";

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
        return figure ? renderFigure(figure.image, figure.number) : `<p>${this.parser.parseInline(token.tokens)}</p>\n`;
      },
      heading(token) {
        previous = "";
        const id = analysis.headingIds.get(token) ?? "";
        const text = this.parser.parseInline(token.tokens);
        if (!forPage) return `<h${token.depth}>${text}</h${token.depth}>\n`;
        const name = escapeHtml(setTypography(decodeHTML(plainText(token.tokens)), ""));
        return `<h${token.depth} id="${id}">${text}<a class="anchor" href="#${id}" aria-label="Link to “${name}”"></a></h${token.depth}>\n`;
      },
      link(token) {
        // An address that is shown as it is keeps its hyphens and dots.
        const isBare = token.text === token.href || token.raw === token.text;
        return renderLink(token, isBare ? escapeHtml(token.text) : this.parser.parseInline(token.tokens));
      },
      // Only reached by a picture inside a paragraph, which the analysis has refused.
      image: () => "",
      html(token) {
        if (/^<br\b/i.test(token.raw)) previous = " ";
        return checkHtml(token.raw).html;
      },
      code(token) {
        const language = languageOf(token);
        if (!forPage) return `<pre><code>${escapeHtml(token.text)}</code></pre>\n`;
        const name = language === "" ? "" : ` data-language="${escapeHtml(language)}"`;
        return `<div class="listing"${name}><pre tabindex="0"><code>${highlight(token.text, language)}</code></pre></div>\n`;
      },
      table(token) {
        const cell = (tag: "th" | "td", { tokens, align }: Tokens.TableCell) => {
          previous = "";
          const scope = tag === "th" ? ' scope="col"' : "";
          return `<${tag}${scope}${align ? ` class="align-${align}"` : ""}>${this.parser.parseInline(tokens)}</${tag}>`;
        };
        const head = token.header.map((header) => cell("th", header)).join("");
        const rows = token.rows.map((row) => `<tr>${row.map((data) => cell("td", data)).join("")}</tr>`).join("\n");
        const table = `<table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`;
        return forPage
          ? `<div class="table" tabindex="0" role="group" aria-label="Table">${table}</div>\n`
          : `${table}\n`;
      },
      list(token) {
        const tag = token.ordered ? "ol" : "ul";
        const start = token.ordered && token.start !== 1 && token.start !== "" ? ` start="${token.start}"` : "";
        const items = token.items.map((item) => {
          previous = "";
          return `<li>${this.parser.parse(item.tokens).trim()}</li>`;
        });
        return `<${tag}${start}>\n${items.join("\n")}\n</${tag}>\n`;
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
  return { blocks, inline, endnotes };

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
        return glue(pick(typesetMaths(texOf(own), false)), analysis.punctuation.get(token));
      case "displayedMaths":
        return renderEquation(token, own);
      case "citation":
        previous = ")";
        return renderCitation(own.keys);
      case "equationReference": {
        previous = ")";
        const number = analysis.labels.get(own.label);
        return `<a href="${here}#${equationId(own.label)}">(${number})</a>`;
      }
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

  function pick(result: TypesetMaths): string {
    if (result.kind === "bad-tex") throw new Error(`A formula got past the analysis: ${result.message}`);
    return forPage ? result.html : result.mathml;
  }

  /** Browsers may break a line between a formula and a full stop: one that is in one piece anyway keeps it. */
  function glue(formula: string, mark: string | undefined): string {
    if (mark === undefined) return formula;
    if (!forPage) return formula + escapeHtml(mark);
    const pieces = formula.split('class="katex-base"').length - 1;
    return `<span class="${pieces > 1 ? "glue long" : "glue"}">${formula}${escapeHtml(mark)}</span>`;
  }

  function renderEquation(token: Token, maths: MathsToken): string {
    const formula = pick(typesetMaths(texOf(maths), true));
    const number = analysis.equationNumbers.get(token);
    if (!forPage) return `<p>${formula}${number === undefined ? "" : ` (${number})`}</p>\n`;
    const label = labelOf(maths.tex);
    if (number === undefined || label === undefined) return `<div class="equation">${formula}</div>\n`;
    return `<div class="equation numbered" id="${equationId(label)}">${formula}<span class="number">(${number})</span></div>\n`;
  }

  function renderCitation(keys: readonly string[]): string {
    const links = keys.map((key) => {
      const number = target.references.indexOf(key) + 1;
      return forPage ? `<a href="#ref-${key}" role="doc-biblioref">${number}</a>` : String(number);
    });
    return `<span class="citation">[${links.join(", ")}]</span>`;
  }

  /** The note stands in the text right behind its mark; the stylesheet moves it into the margin, or to the foot of a phone. */
  function renderNoteMark(name: string): string {
    const note = analysis.notes.get(name);
    if (!note) return "";
    const { number } = note;
    if (!forPage) return `<sup>${number}</sup>`;
    const before = previous;
    const text = inline(note.tokens);
    previous = before;
    return (
      `<a class="note-mark" id="note-mark-${number}" href="#note-${number}" role="doc-noteref" aria-label="Note ${number}">${number}</a>` +
      `<span class="note" id="note-${number}" role="note"><span class="note-number" aria-hidden="true">${number}</span> ${text}` +
      ` <a class="note-close" href="#note-mark-${number}">Back to the text</a></span>`
    );
  }

  function endnotes(): string {
    if (analysis.notes.size === 0) return "";
    const items = [...analysis.notes.values()].map(({ tokens }) => `<li>${inline(tokens)}</li>`);
    return `<hr>\n<ol>\n${items.join("\n")}\n</ol>\n`;
  }

  function renderLink(link: Tokens.Link, text: string): string {
    const to = analysis.linkTargets.get(link);
    const title = link.title ? ` title="${escapeHtml(link.title)}"` : "";
    switch (to?.kind) {
      case "chapter":
        return `<a class="chapter" href="${target.origin}${to.path}${to.anchor ? `#${escapeHtml(to.anchor)}` : ""}"${title}>${text}</a>`;
      case "anchor":
        return `<a href="${here}#${escapeHtml(to.anchor)}"${title}>${text}</a>`;
      case "page":
        return `<a href="${target.origin}${to.path}"${title}>${text}</a>`;
      case "web":
        return `<a href="${escapeHtml(to.url)}"${title}>${text}</a>`;
      case "broken":
      case undefined:
        return text;
    }
  }

  function renderFigure(image: Tokens.Image, number: number): string {
    const caption = inline(analysis.captions.get(image) ?? []);
    const name = `<span class="figure-number">Figure ${number}.</span>`;
    const id = forPage ? ` id="figure-${number}"` : "";
    return `<figure${id}>${target.renderFigure(image)}<figcaption>${name} ${caption}</figcaption></figure>\n`;
  }

  function renderBox(box: BoxToken): string {
    const kind = boxKinds[box.name] ?? "";
    const title = box.title.length > 0 ? inline(box.title) : "";
    const body = box.name === "questions" ? renderQuestions(box.tokens) : blocks(box.tokens);
    if (!forPage) {
      return `<blockquote><p><strong>${kind}${title ? `: ${title}` : ""}</strong></p>${body}</blockquote>\n`;
    }
    const heading = `<p class="box-title"><span class="box-kind">${kind}</span>${title ? ` <span class="box-name">${title}</span>` : ""}</p>`;
    return `<div class="box ${box.name}" role="group" aria-label="${escapeHtml([kind, plainText(box.title)].filter(Boolean).join(": "))}">${heading}\n${body}</div>\n`;
  }

  function renderQuestions(tokens: Token[]): string {
    const list = tokens.find(({ type }) => type === "list") as Tokens.List | undefined;
    const items = (list?.items ?? []).map((item) => {
      const [question, ...answer] = item.tokens.filter(({ type }) => type !== "space");
      previous = "";
      const asked = question ? blocks([question]) : "";
      const answered = blocks(answer);
      return forPage
        ? `<li>${asked}<details><summary>Answer</summary>${answered}</details></li>`
        : `<li>${asked}<p><em>Answer.</em></p>${answered}</li>`;
    });
    return `<ol>\n${items.join("\n")}\n</ol>\n`;
  }
}
