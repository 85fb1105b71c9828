/**
 * Renders a text for email: images for formulas and figures, notes below their paragraph, answers below their
 * questions.
 */
import type { Tokens } from "marked";
import { type Direction, directionOf } from "../../library/language.ts";
import { clothOf } from "../../library/mail-look.ts";
import { originMark } from "../../library/objects.ts";
import type { Words } from "../../ui/words/words.ts";
import type { PicturePack } from "../assets/picture-pack.ts";
import { boxHeading, endSign, withEndSign } from "../markdown/boxes.ts";
import { highlight } from "../markdown/highlight.ts";
import type { ResolvedReference } from "../markdown/labels.ts";
import { type LinkTarget, renderLink } from "../markdown/links.ts";
import { whereItMoves } from "../markdown/moving-figure.ts";
import { escapeHtml } from "../markdown/raw-html.ts";
import { tokenizeInline } from "../markdown/syntax.ts";
import { plainText, texOf } from "../markdown/token-text.ts";
import type { MathsToken } from "../markdown/tokens.ts";
import type { FormulaPicture } from "../maths/formula-pictures.ts";
import { typesetChecked, typesetMaths } from "../maths/maths.ts";
import { mathsInHtml } from "../maths/maths-in-html.ts";
import { mathsInWords, spokenLanguage } from "../maths/spoken-maths.ts";
import type { FigurePicture } from "./figure-pictures.ts";
import { onOneLine } from "./one-line.ts";
import type { Caption, Renderer } from "./renderer.ts";
import { fitFormulas, tableSize } from "./table-size.ts";
import { maxRigid, rigidImage, shrinkingImage, wideImage } from "./wide-image.ts";

export interface MailParts {
  readonly words: Words;
  /** Public path of the text. */
  readonly path: string;
  readonly cloth: string | undefined;
  /** Direction of the text; parts in another direction are marked up. */
  readonly direction: Direction;
  readonly references: readonly string[];
  readonly pack: PicturePack;
  /** The images of a formula of this text. */
  readonly formula: (maths: MathsToken) => readonly FormulaPicture[];
  /** The image of a figure of this text. */
  readonly picture: (image: Tokens.Image) => FigurePicture;
  /** Whether the figure is interactive on its page. */
  readonly moves: (image: Tokens.Image) => boolean;
}

/** Classes are those of mail.css; `ml-…` stay in the email for dark mode. */
export class MailRenderer implements Renderer {
  readonly #parts: MailParts;
  readonly #link: string;
  /** Attribute of what reads from left to right in every language: listings and formulas. */
  readonly #apart: string;
  /** Notes referenced in the block that is being rendered. */
  #notes: string[] = [];

  constructor(parts: MailParts) {
    this.#parts = parts;
    this.#link = clothOf(parts.cloth).link;
    this.#apart = parts.direction === "rtl" ? ' dir="ltr"' : "";
  }

  heading({ depth, html }: { readonly depth: number; readonly html: string }): string {
    return `<h${depth}>${html}</h${depth}>\n`;
  }

  listing(code: string, language: string, caption: Caption | undefined): string {
    return `${this.#caption(caption)}<table role="presentation" class="listing"${this.#apart} width="100%" cellpadding="0" cellspacing="0"><tr><td class="ml-rule"><pre>${coloured(highlight(code, language))}</pre></td></tr></table>\n`;
  }

  cell(tag: "th" | "td", align: Tokens.TableCell["align"], html: string): string {
    return `<${tag}${tag === "th" ? ' scope="col"' : ""} class="${tag === "th" ? "ml-frame" : "ml-rule"}${align ? ` align-${align}` : ""}">${html}</${tag}>`;
  }

  table(html: string, caption: Caption | undefined): string {
    const { name, scale, fits } = tableSize(html);
    return `${this.#caption(caption)}<table class="data ml-frame ${name}${fits ? " whole" : ""}" cellspacing="0">${fitFormulas(html, scale, fits)}</table>\n`;
  }

  inlineFormula(maths: MathsToken, mark: string | undefined): string {
    const text = formulaAsText(maths);
    if (text !== undefined) {
      const apart = this.#apart === "" ? text : `<span${this.#apart}>${text}</span>`;
      return apart + (mark === undefined ? "" : escapeHtml(mark));
    }
    const pictures = this.#drawn(maths, false);
    const last = pictures.pop() ?? "";
    const end = mark === undefined ? last : onOneLine(last + escapeHtml(mark));
    const inPieces = [...pictures, end].join(" ");
    return this.#apart === "" || pictures.length === 0 ? inPieces : `<span${this.#apart}>${inPieces}</span>`;
  }

  equation(maths: MathsToken, number: number | undefined): string {
    const picture = this.#drawn(maths, true).join(" ");
    if (number === undefined) return `<p class="equation"${this.#apart}>${picture}</p>\n`;
    return `<table role="presentation" class="numbered" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center"${this.#apart}>${picture}</td><td class="number" align="right">(${number})</td></tr></table>\n`;
  }

  /**
   * Not a link: most clients do not support links within an email, and a link to the page would lead away from an
   * equation that is right above.
   */
  equationReference(_label: string, number: number): string {
    return `(${number})`;
  }

  /** To another text a link; for the same text, see above. */
  reference({ to, text }: ResolvedReference): string {
    const words = this.#own(escapeHtml(text));
    return to.kind === "anchor" ? words : this.link(to, words, "");
  }

  citation(keys: readonly string[]): string {
    return `[${keys.map((key) => this.#parts.references.indexOf(key) + 1).join(", ")}]`;
  }

  noteMark(number: number, text: () => string): string {
    this.#notes.push(`<p class="note ml-soft"><sup>${number}</sup> ${text()}</p>\n`);
    return `<sup>${number}</sup>`;
  }

  link(to: LinkTarget | undefined, html: string, title: string): string {
    return withClass(renderLink(to, html, title, { origin: originMark, path: this.#parts.path }), this.#link);
  }

  figure(image: Tokens.Image, number: number, caption: string): string {
    const { words, moves, path } = this.#parts;
    const text = moves(image) ? `${caption} ${withClass(whereItMoves(words, path, number), this.#link)}` : caption;
    return `<p class="figure">${this.#shown(image)}</p>\n<p class="caption ml-soft"><strong>${this.#own(words.labels.figure(number))}</strong> ${text}</p>\n`;
  }

  box({ body, ...box }: Parameters<Renderer["box"]>[0]): string {
    const { name } = box;
    const edge = name === "in-short" ? "ml-edge" : "ml-rule";
    const { kind, title } = boxHeading(this.#parts.words, box);
    const inside = name === "proof" ? withEndSign(body, endSign) : body;
    const heading = title === "" ? "" : `<p class="box-title">${title}</p>\n`;
    return `<table role="presentation" class="box ${name}" width="100%" cellpadding="0" cellspacing="0"><tr><td class="box-body ${edge}"><p class="box-kind ml-soft">${this.#own(kind)}</p>\n${heading}${inside}</td></tr></table>\n`;
  }

  questions(questions: Parameters<Renderer["questions"]>[0]): string {
    const list = (items: readonly string[]) => `<ol>\n${items.map((item) => `<li>${item}</li>`).join("\n")}\n</ol>\n`;
    const answers = list(questions.map(({ answered }) => answered));
    return `${list(questions.map(({ asked }) => asked))}<p class="box-kind ml-soft">${this.#own(this.#parts.words.labels.answers)}</p>\n${answers}`;
  }

  closeBlock(html: string): string {
    const below = this.#notes.join("");
    this.#notes = [];
    return html + below;
  }

  #caption(caption: Caption | undefined): string {
    if (caption === undefined) return "";
    const numbered = this.#own(this.#parts.words.labels.captionNumber(caption.numbered));
    return `<p class="caption above ml-soft"><strong>${numbered}</strong> ${caption.html}</p>\n`;
  }

  #own(label: string): string {
    return ownWords(label, this.#parts);
  }

  #shown(image: Tokens.Image): string {
    const { pack, picture } = this.#parts;
    const { png, width, height, kind } = picture(image);
    const alt = escapeHtml(plainText(tokenizeInline(image.text)));
    const name = kind === "drawing" ? "ml-figure" : "ml-photo";
    return wideImage({ source: pack.add(png), alt, width, height, name });
  }

  /** The images of a formula, each with its alt text. */
  #drawn(maths: MathsToken, displayed: boolean): string[] {
    const { pack, formula, direction } = this.#parts;
    const pictures = formula(maths);
    const words = wordsOfPictures(pictures, texOf(maths), displayed);
    const spoken = direction === "rtl" ? ` lang="${spokenLanguage}" dir="ltr"` : "";
    return pictures.map(({ png, width, height, depth }, index) => {
      const alt = escapeHtml(words[index] ?? "");
      const source = pack.add(png);
      if (displayed) return wideImage({ source, alt, width, height, attributes: spoken });
      const raised = `vertical-align:-${depth}px`;
      // Not the whole line: a comma that follows must not wrap onto the next one.
      if (width > maxRigid)
        return shrinkingImage({ source, alt, width, height, style: `width:96%;${raised}`, attributes: spoken });
      const style = `line-height:${altLine}px;${raised}`;
      return rigidImage({ source, alt, width, height, style, attributes: spoken });
    });
  }
}

/** The HTML of an inline formula that is text in an email; undefined if it is an image. */
export const formulaAsText = (maths: MathsToken): string | undefined =>
  mathsInHtml(typesetChecked(texOf(maths), false).mathml);

/**
 * Line height of alt text, set in 12 px. Most clients set it in the line, but lower it as they would the image: with this
 * height, it still does not move lines apart.
 */
const altLine = 14;

/** Marks up a label in a text of the other direction, so that its punctuation and numbers are placed correctly. */
export function ownWords(label: string, { words, direction }: Pick<MailParts, "words" | "direction">): string {
  const own = directionOf(words.language);
  return own === direction ? label : `<span lang="${words.language}" dir="${own}">${label}</span>`;
}

/** The alt text of each image. If the parts cannot be worded separately, the first image has all of it. */
function wordsOfPictures(pictures: readonly FormulaPicture[], tex: string, displayed: boolean): string[] {
  const whole = mathsInWords(typesetChecked(tex, displayed).mathml);
  if (pictures.length < 2) return [whole];
  const parts = pictures.map((picture) => {
    const result = picture.tex === undefined ? undefined : typesetMaths(picture.tex, false);
    if (result?.kind !== "typeset") return "";
    return mathsInWords(result.mathml) + (picture.tex?.trim().endsWith(",") ? "," : "");
  });
  return parts.includes("") ? [whole] : parts;
}

const withClass = (link: string, name: string): string =>
  link.replace(/^<a class="chapter"/, `<a class="chapter ${name}"`).replace(/^<a href/, `<a class="${name}" href`);

/** Kinds of tokens that are coloured in emails; each coloured token adds bytes. */
const colours: Readonly<Record<string, string>> = {
  keyword: "ml-word",
  constant: "ml-word",
  function: "ml-name",
  string: "ml-text",
  "string-expression": "ml-text",
  comment: "comment ml-soft",
};

const coloured = (html: string): string =>
  html.replace(/<span class="t-([a-z-]+)">([^<]*)<\/span>/g, (_, kind: string, text: string) => {
    const name = colours[kind];
    return name === undefined ? text : `<span class="${name}">${text}</span>`;
  });
