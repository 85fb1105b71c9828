/** Compiles a text as an email: HTML and plain text, truncated to what email clients show, and its images in a pack. */
import type { Token, Tokens } from "marked";
import type { Direction } from "../../library/language.ts";
import { clothOf } from "../../library/mail-look.ts";
import type { MailObject } from "../../library/objects.ts";
import type { Words } from "../../ui/words/words.ts";
import { PicturePack } from "../assets/picture-pack.ts";
import { formulaPictures } from "../drawing/drawn-formulas.ts";
import type { TextAnalysis } from "../markdown/text-analysis.ts";
import { texOf } from "../markdown/token-text.ts";
import { asOwn, forEachToken, type MathsToken } from "../markdown/tokens.ts";
import type { FormulaPicture } from "../maths/formula-pictures.ts";
import type { ChapterFields } from "../source/content-schema.ts";
import { type Cut, cutAt } from "./cut-mail.ts";
import type { FigurePicture } from "./figure-pictures.ts";
import { darkCss, inlineStyles } from "./inline-styles.ts";
import { formulasOf, htmlNotation, listNotation, readNotation } from "./mail-notation.ts";
import { formulaAsText, MailRenderer, ownWords } from "./mail-renderer.ts";
import { layOutLines } from "./plain-lines.ts";
import { changeSection, renderChanges } from "./render-changes.ts";
import { createTextRenderer } from "./text-renderer.ts";
import { renderBlocks } from "./text-walk.ts";

export interface MailJob {
  readonly words: Words;
  readonly analysis: TextAnalysis;
  /** Public path of the text. */
  readonly path: string;
  /** The book's cloth, for the colour of links. */
  readonly cloth: string | undefined;
  /** Undefined if it is the library's. */
  readonly language: string | undefined;
  readonly direction: Direction;
  readonly symbols: ChapterFields["symbols"];
  readonly references: readonly { readonly key: string; readonly html: string }[];
  readonly drawPicture: (image: Tokens.Image) => Promise<FigurePicture>;
  /** Whether the figure is interactive on its page. */
  readonly moves: (image: Tokens.Image) => boolean;
}

export interface CompiledMail {
  readonly mail: MailObject;
  /** Concatenated PNG files; undefined if the email has no images. */
  readonly pack: Uint8Array | undefined;
  /** Where the email was truncated; `at` counts the tokens of the text. */
  readonly cut: Cut | undefined;
}

/** Separates blocks while styles are inlined: no text contains a NUL. */
const seam = "\0seam\0";

/** Loads the dependencies of compiling emails: half a second that the first change of a text need not wait for. */
export async function prepareMails(): Promise<void> {
  await Promise.all([formulaPictures("x", false), inlineStyles("<p>x</p>", undefined), layOutLines("<p>x</p>")]);
}

/** Requires an analysis without errors, and the languages loaded. */
export async function compileMail(job: MailJob): Promise<CompiledMail> {
  const { words, analysis, path, cloth, language, direction, references, moves } = job;
  const notation = readNotation(job.symbols);
  const keys = references.map(({ key }) => key);
  const pack = new PicturePack();
  const renderer = new MailRenderer({
    words,
    path,
    cloth,
    direction,
    references: keys,
    pack,
    formula: await drawFormulas(analysis, formulasOf(notation)),
    picture: await drawPictures(job),
    moves,
  });
  const rendered = [
    ...renderBlocks(analysis, renderer),
    htmlNotation(notation, renderer, ownWords(words.chapter.notation, job)),
    htmlReferences(references, clothOf(cloth).link, ownWords(words.chapter.references, job)),
    changeSection(renderChanges(analysis, renderer), words, {
      heading: (heading) => ownWords(heading, job),
      label: (label) => `<strong>${ownWords(label, job)}</strong>`,
    }),
  ];
  const styled = (await inlineStyles(rendered.join(seam), cloth, direction)).split(seam);
  const attributes = language === undefined ? "" : ` lang="${language}" dir="${direction}"`;
  const cut = cutAt(styled.map((html, index) => ({ html, token: analysis.tokens[index] })));
  const sealed = pack.seal(`<div class="ml-chapter"${attributes}>${styled.slice(0, cut?.at).join("")}</div>`);
  const plain = createTextRenderer(words, path, keys, moves);
  const text = [
    ...renderBlocks(analysis, plain),
    textNotation(listNotation(notation, plain), words.chapter.notation),
    textReferences(references, words.chapter.references),
    changeSection(renderChanges(analysis, plain), words, {}),
  ];
  return {
    mail: {
      kind: "mail",
      html: sealed.html,
      text: await layOutLines(text.slice(0, cut?.at).join("")),
      darkCss: darkCss(cloth),
      cut: cut !== undefined,
    },
    pack: sealed.pack,
    cut,
  };
}

async function drawPictures({ analysis, drawPicture }: MailJob) {
  const images = [...analysis.figures.values()].map(({ image }) => image);
  const drawn = new Map(await Promise.all(images.map(async (image) => [image, await drawPicture(image)] as const)));
  return (image: Tokens.Image): FigurePicture => {
    const picture = drawn.get(image);
    if (!picture) throw new Error(`The figure ${image.href} was not drawn.`);
    return picture;
  };
}

/** Draws the formulas concurrently. */
async function drawFormulas(analysis: TextAnalysis, others: readonly MathsToken[]) {
  const drawn = new Map(
    await Promise.all(
      [...formulaImages(analysis, others)].map(async ([key, maths]) => {
        const pictures = await formulaPictures(texOf(maths), maths.type === "displayedMaths");
        return [key, pictures] as const;
      }),
    ),
  );
  return (maths: MathsToken): readonly FormulaPicture[] => {
    const pictures = drawn.get(keyOf(maths));
    if (!pictures) throw new Error(`The formula ${texOf(maths)} was not drawn.`);
    return pictures;
  };
}

const keyOf = (maths: MathsToken): string => `${maths.type} ${texOf(maths)}`;

/** The formulas that are images in an email, each once; the others are text. */
export function formulaImages(
  { tokens, captions, changes }: Pick<TextAnalysis, "tokens" | "captions" | "changes">,
  others: readonly MathsToken[],
): Map<string, MathsToken> {
  const formulas = new Map(others.map((maths) => [keyOf(maths), maths]));
  const collect = (token: Token) => {
    const own = asOwn(token);
    if (own?.type === "inlineMaths" || own?.type === "displayedMaths") formulas.set(keyOf(own), own);
  };
  forEachToken(tokens, collect);
  for (const caption of captions.values()) forEachToken(caption, collect);
  for (const change of changes) forEachToken(change.tokens, collect);
  const isText = (maths: MathsToken) => maths.type === "inlineMaths" && formulaAsText(maths) !== undefined;
  return new Map([...formulas].filter(([, maths]) => !isText(maths)));
}

/** `link`: the class for the colour of links in dark mode. */
function htmlReferences(references: MailJob["references"], link: string, heading: string): string {
  if (references.length === 0) return "";
  const items = references.map(
    ({ html }) => `<li><span dir="auto">${html.replaceAll("<a href", `<a class="${link}" href`)}</span></li>`,
  );
  return `<h2>${heading}</h2>\n<ol class="references">\n${items.join("\n")}\n</ol>\n`;
}

const textNotation = (list: string, heading: string): string => (list === "" ? "" : `<h2>${heading}</h2>${list}`);

const textReferences = (references: MailJob["references"], heading: string): string =>
  references.length === 0
    ? ""
    : `<h2>${heading}</h2>${references.map(({ html }, index) => `<p>[${index + 1}] ${html}</p>`).join("")}`;
