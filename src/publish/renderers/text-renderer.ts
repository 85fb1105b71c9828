/** Renders a text for plain-text email, as simple HTML that plain-lines.ts lays out in lines. */
import type { Tokens } from "marked";
import { originMark } from "../../library/objects.ts";
import type { Words } from "../../ui/words/words.ts";
import { boxHeading, endSign, withEndSign } from "../markdown/boxes.ts";
import { addressOf } from "../markdown/links.ts";
import { whereItMoves } from "../markdown/moving-figure.ts";
import { escapeHtml } from "../markdown/raw-html.ts";
import { tokenizeInline } from "../markdown/syntax.ts";
import { plainText, texOf } from "../markdown/token-text.ts";
import { typesetChecked } from "../maths/maths.ts";
import { mathsInUnicode } from "../maths/maths-in-unicode.ts";
import type { Caption, Renderer } from "./renderer.ts";

/** A shorter formula stays on one line. */
const maxUnbroken = 30;

/** Tables with more columns are wider than the text. */
export const maxColumns = 8;

/** Stands for a space at which no line may break; plain-lines.ts replaces it with a space at the end. */
export const fixedSpace = "\u2007";

export function createTextRenderer(
  words: Words,
  path: string,
  references: readonly string[],
  moves: (image: Tokens.Image) => boolean,
): Renderer {
  const here = { origin: originMark, path };
  let notes: string[] = [];
  const captionOf = (caption: Caption | undefined) =>
    caption === undefined ? "" : `<p>${words.labels.captionNumber(caption.numbered)} ${caption.html}</p>`;
  return {
    heading: ({ depth, html }) => `<h${depth}>${html}</h${depth}>`,
    listing: (code, _, caption) => `${captionOf(caption)}<pre class="indented">${escapeHtml(code)}</pre>`,
    cell: (tag, _, html) => `<${tag}>${html}</${tag}>`,
    table: (html, caption) => captionOf(caption) + renderTable(html),
    inlineFormula(maths, mark = "") {
      const text = mathsInUnicode(typesetChecked(texOf(maths), false).mathml).join("; ") + mark;
      return escapeHtml(text.length > maxUnbroken ? text : text.replaceAll(" ", fixedSpace));
    },
    equation(maths, number) {
      const lines = mathsInUnicode(typesetChecked(texOf(maths), true).mathml);
      const numbered = number === undefined ? lines : [...lines.slice(0, -1), `${lines.at(-1)}    (${number})`];
      return `<pre class="indented">${escapeHtml(numbered.join("\n"))}</pre>`;
    },
    equationReference: (_, number) => `(${number})`,
    reference({ to, text }) {
      const name = escapeHtml(text.replaceAll("\u00a0", fixedSpace));
      return to.kind === "anchor" ? name : this.link(to, name, "");
    },
    citation: (keys) => `[${keys.map((key) => references.indexOf(key) + 1).join(`,${fixedSpace}`)}]`,
    noteMark(number, text) {
      notes.push(`<div class="note">${superscript(number)} ${text()}</div>`);
      return superscript(number);
    },
    link(to, html) {
      const address = addressOf(to, here);
      return address === undefined ? html : `<a href="${escapeHtml(address)}">${html}</a>`;
    },
    figure(image, number, caption) {
      const { labels } = words;
      const moving = moves(image) ? ` ${whereItMoves(words, path, number)}` : "";
      const alt = escapeHtml(labels.image(plainText(tokenizeInline(image.text))));
      return `<div class="aside"><p>${labels.figure(number)} ${caption}${moving}</p><p>${alt}</p></div>`;
    },
    box: (box) => renderBox(words, box),
    questions(questions) {
      const list = (items: readonly string[]) => `<ol>${items.map((item) => `<li>${item}</li>`).join("")}</ol>`;
      const answers = list(questions.map(({ answered }) => answered));
      return `${list(questions.map(({ asked }) => asked))}<p>${words.labels.answersFollow}</p>${answers}`;
    },
    closeBlock(html) {
      const below = notes.join("");
      notes = [];
      return html + below;
    },
  };
}

const superscript = (number: number): string =>
  [...String(number)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");

/** URLs would break the columns apart, so links are listed below the table. */
function renderTable(html: string): string {
  const links = [...html.matchAll(/<a href="[^"]*">[\s\S]*?<\/a>/g)].map(([link]) => `<li>${link}</li>`);
  const columns = html.slice(0, html.indexOf("</thead>")).split("<th>").length - 1;
  const below = links.length === 0 ? "" : `<ul>${[...new Set(links)].join("")}</ul>`;
  return `<table class="data columns${Math.min(columns, maxColumns)}">${html.replace(/<\/?a\b[^>]*>/g, "")}</table>${below}`;
}

function renderBox(words: Words, { body, ...box }: Parameters<Renderer["box"]>[0]): string {
  // In capitals, but not the author's words.
  const { kind, title } = boxHeading(words, { ...box, title: box.title === "" ? "" : "\0" });
  const label = kind.toLocaleUpperCase(words.language).replace("\0", () => box.title);
  const inside = box.name === "proof" ? withEndSign(body, endSign) : body;
  return `<div class="box"><p>${title === "" ? label : words.labels.box(label, box.title)}</p>${inside}</div>`;
}
