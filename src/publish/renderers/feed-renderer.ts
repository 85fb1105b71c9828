/** Renders a text for feeds: without stylesheet and scripts, formulas only as MathML, notes at the end. */
import type { Tokens } from "marked";
import { originMark } from "../../library/objects.ts";
import type { Words } from "../../ui/words/words.ts";
import { boxHeading, endSign, withEndSign } from "../markdown/boxes.ts";
import { renderLink } from "../markdown/links.ts";
import { whereItMoves } from "../markdown/moving-figure.ts";
import { escapeHtml } from "../markdown/raw-html.ts";
import { equationId, texOf } from "../markdown/token-text.ts";
import { feedMathml } from "../maths/feed-mathml.ts";
import { typesetChecked } from "../maths/maths.ts";
import type { Caption, Renderer } from "./renderer.ts";

/** `path`: public path of the text itself, for links to its own headings. */
export function createFeedRenderer(
  words: Words,
  path: string,
  references: readonly string[],
  renderPicture: (image: Tokens.Image) => string,
  moves: (image: Tokens.Image) => boolean,
): Renderer & { readonly endnotes: () => string } {
  const here = { origin: originMark, path };
  const notes: string[] = [];
  return {
    heading: ({ depth, html }) => `<h${depth}>${html}</h${depth}>\n`,
    listing: (code, _, caption) => withCaption(words, caption, `<pre><code>${escapeHtml(code)}</code></pre>\n`),
    cell: (tag, align, html) =>
      `<${tag}${tag === "th" ? ' scope="col"' : ""}${align ? ` class="align-${align}"` : ""}>${html}</${tag}>`,
    table: (html, caption) => withCaption(words, caption, `<table>${html}</table>\n`),
    inlineFormula: (maths, mark = "") => feedMathml(typesetChecked(texOf(maths), false).mathml) + escapeHtml(mark),
    equation(maths, number) {
      const mathml = feedMathml(typesetChecked(texOf(maths), true).mathml);
      return number === undefined ? `<p>${mathml}</p>\n` : `<p>${inLine(mathml)}\u2003(${number})</p>\n`;
    },
    equationReference: (label, number) => `<a href="${here.origin}${path}#${equationId(label)}">(${number})</a>`,
    reference: ({ to, text }) => renderLink(to, escapeHtml(text), "", here),
    citation: (keys) =>
      `<span class="citation">${words.labels.cited(keys.map((key) => references.indexOf(key) + 1))}</span>`,
    noteMark(number, text) {
      const back = `<a href="${here.origin}${path}#note-mark-${number}">${words.labels.backToText}</a>`;
      notes.push(`<li id="note-${number}">${text()} ${back}</li>`);
      return `<sup id="note-mark-${number}"><a href="${here.origin}${path}#note-${number}">${number}</a></sup>`;
    },
    link: (to, html, title) => renderLink(to, html, title, here),
    figure(image, number, caption) {
      const text = moves(image) ? `${caption} ${whereItMoves(words, path, number)}` : caption;
      return `<figure>${renderPicture(image)}<figcaption><span class="figure-number">${words.labels.figure(number)}</span> ${text}</figcaption></figure>\n`;
    },
    box({ body, ...box }) {
      const { kind, title } = boxHeading(words, box);
      const heading = title ? words.labels.box(kind, title) : kind;
      const inside = box.name === "proof" ? withEndSign(body, endSign) : body;
      return `<blockquote><p><strong>${heading}</strong></p>${inside}</blockquote>\n`;
    },
    questions(questions) {
      const list = (items: readonly string[]) => `<ol>\n${items.map((item) => `<li>${item}</li>`).join("\n")}\n</ol>\n`;
      const answers = list(questions.map(({ answered }) => answered));
      return `${list(questions.map(({ asked }) => asked))}<p><strong>${words.labels.answers}</strong></p>\n${answers}`;
    },
    endnotes: () => (notes.length === 0 ? "" : `<h2>${words.labels.notes}</h2>\n<ol>\n${notes.join("\n")}\n</ol>\n`),
  };
}

/** A displayed formula on the line of its number, with the size of a displayed one. */
const inLine = (mathml: string): string => mathml.replace(/^(<math[^>]*?) display="block"/, '$1 displaystyle="true"');

const withCaption = (words: Words, caption: Caption | undefined, html: string): string =>
  caption === undefined
    ? html
    : `<figure><figcaption><strong>${words.labels.captionNumber(caption.numbered)}</strong> ${caption.html}</figcaption>\n${html}</figure>\n`;
