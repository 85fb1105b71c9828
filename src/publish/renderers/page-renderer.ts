/** Renders a text for its page: anchors, notes that the stylesheet moves into the margin, collapsed answers. */
import type { Tokens } from "marked";
import { questionElement } from "../../library/page-ids.ts";
import { href } from "../../routes.ts";
import type { Words } from "../../ui/words/words.ts";
import { boxHeading, withEndSign } from "../markdown/boxes.ts";
import { highlight } from "../markdown/highlight.ts";
import { type LinkSource, renderLink } from "../markdown/links.ts";
import { escapeHtml } from "../markdown/raw-html.ts";
import { equationId, texOf } from "../markdown/token-text.ts";
import type { MathsToken } from "../markdown/tokens.ts";
import { displayedWidth } from "../maths/formula-width.ts";
import { typesetChecked } from "../maths/maths.ts";
import { glueMarks } from "./glue-marks.ts";
import type { Caption, Renderer } from "./renderer.ts";

/** An equation that is narrower fits on a sheet of A4: src/ui/styles/print.css makes wider ones smaller. */
const paperEms = 30;

const here: LinkSource = { origin: "", path: "" };

/** The HTML of a formula. */
type Typeset = (tex: string, isDisplayed: boolean) => string;

export const createPageRenderer = (
  words: Words,
  references: readonly string[],
  renderPicture: (image: Tokens.Image) => string,
  typeset: Typeset = (tex, isDisplayed) => typesetChecked(tex, isDisplayed).html,
): Renderer => ({
  ...parts,
  ...formulas(typeset),
  ...labelled(words),

  citation(keys) {
    // The brackets belong to the links: a digit alone is too small a target.
    const links = keys.map((key, index) => {
      const [open, close] = [index === 0 ? "[" : "", index === keys.length - 1 ? "]" : ""];
      return `<a href="#ref-${key}" role="doc-biblioref">${open}${references.indexOf(key) + 1}${close}</a>`;
    });
    return `<span class="citation">${links.join(", ")}</span>`;
  },

  reference: ({ to, text }) => renderLink(to, escapeHtml(text), "", here),

  figure: (image, number, caption) =>
    `<figure id="figure-${number}">${renderPicture(image)}<figcaption><span class="figure-number">${words.labels.figure(number)}</span> ${caption}</figcaption></figure>\n`,
});

function formulas(typeset: Typeset) {
  const glued = (opening: string, maths: MathsToken, mark = ""): string =>
    glueMarks(opening, texOf(maths), typeset(texOf(maths), false), mark);
  return {
    inlineFormula: (maths, mark) => glued("", maths, mark),
    openedFormula: glued,

    equation(maths, number, id) {
      const formula = typeset(texOf(maths), true);
      const ems = displayedWidth(texOf(maths));
      const width = ems > paperEms ? ` style="--ems:${ems.toFixed(1)}"` : "";
      if (number === undefined) return `<div class="equation" id="${id}"${width}>${formula}</div>\n`;
      return `<div class="equation numbered" id="${id}"${width}>${formula}<span class="number">(${number})</span></div>\n`;
    },
  } satisfies Partial<Renderer>;
}

/** Parts without wording. */
const parts = {
  cell: (tag, align, html) =>
    `<${tag}${tag === "th" ? ' scope="col"' : ""}${align ? ` class="align-${align}"` : ""}>${html}</${tag}>`,

  equationReference: (label, number) => `<a href="#${equationId(label)}">(${number})</a>`,

  indexMark: (id, html) => `<span id="${escapeHtml(id)}">${html}</span>`,

  link: (to, html, title) => renderLink(to, html, title, here),
} satisfies Partial<Renderer>;

/** The caption is above, so that it is read before a long table or listing. */
const withCaption = (words: Words, caption: Caption | undefined, html: string): string =>
  caption === undefined
    ? html
    : `<figure class="captioned"${caption.id === undefined ? "" : ` id="${caption.id}"`}><figcaption><span class="figure-number">${words.labels.captionNumber(caption.numbered)}</span> ${caption.html}</figcaption>\n${html}</figure>\n`;

/** Parts with wording of the interface. */
const labelled = (words: Words) =>
  ({
    listing(code, language, caption) {
      const name = language === "" ? "" : ` data-language="${escapeHtml(language)}"`;
      const listing = `<div class="listing"${name}><pre tabindex="0"><code>${highlight(code, language)}</code></pre></div>\n`;
      return withCaption(words, caption, listing);
    },

    heading: ({ depth, id, html, words: text }) =>
      // Outside the heading, whose accessible name would otherwise include that of the link.
      `<div class="heading"><h${depth} id="${id}">${html}</h${depth}><a class="anchor" href="#${id}" aria-label="${words.labels.linkTo(text)}"></a></div>\n`,

    table: (html, caption) =>
      withCaption(
        words,
        caption,
        `<div class="table" tabindex="0" role="group" aria-label="${caption?.numbered ?? words.labels.table}"><table>${html}</table></div>\n`,
      ),

    /**
     * The note follows its mark in the markup; the stylesheet moves it into the margin, or to the bottom of the screen
     * on a phone.
     */
    noteMark: (number, text) =>
      `<a class="note-mark" id="note-mark-${number}" href="#note-${number}" role="doc-noteref" aria-label="${words.labels.note(number)}">${number}</a>` +
      `<span class="note" id="note-${number}" role="note"> <span class="note-number" aria-hidden="true">${number}</span> ${text()}` +
      ` <a class="note-close" href="#note-mark-${number}">${words.labels.backToText}</a> </span>`,

    box: (box) => (box.name === "solution" ? renderSolution(words, box) : renderBox(words, box)),

    questions(questions) {
      const summary = `<summary>${words.labels.answer}</summary>`;
      const items = questions.map(
        ({ id, asked, answered }) =>
          `<li id="${questionElement(id)}">${asked}<details>${summary}${answered}</details></li>`,
      );
      return `<ol>\n${items.join("\n")}\n</ol>\n<p class="questions-more"><a href="${href.recall()}">${words.labels.recall}</a></p>`;
    },
  }) satisfies Partial<Renderer>;

type Box = Parameters<Renderer["box"]>[0];

const accessibleName = (words: Words, { titleWords, ...box }: Box): string => {
  const { kind, title } = boxHeading(words, { ...box, title: titleWords });
  return escapeHtml(title === "" ? kind : words.labels.box(kind, title));
};

function renderBox(words: Words, box: Box): string {
  const { kind, title } = boxHeading(words, box);
  const heading = `<p class="box-title"><span class="box-kind">${kind}</span>${title ? ` <span class="box-name">${title}</span>` : ""}</p>`;
  const id = box.id === undefined ? "" : ` id="${box.id}"`;
  const sign = `<span class="end-sign" role="img" aria-label="${words.labels.proofEnd}"></span>`;
  const body = box.name === "proof" ? withEndSign(box.body, sign) : box.body;
  return `<div class="box ${box.name}"${id} role="group" aria-label="${accessibleName(words, box)}">${heading}\n${body}</div>\n`;
}

function renderSolution(words: Words, box: Box): string {
  const { kind } = boxHeading(words, box);
  return `<div class="box solution" role="group" aria-label="${accessibleName(words, box)}"><details><summary>${kind}</summary>\n${box.body}</details></div>\n`;
}
