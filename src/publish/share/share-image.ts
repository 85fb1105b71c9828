/**
 * Draws the image that social networks and messengers show beside a link: on the left the book's cover, on the right the
 * title and the main formula. Everything is drawn as outlines, so the same input gives the same bytes on any machine.
 */
import type { Direction } from "../../library/language.ts";
import { ink, paper, soft } from "../../library/mail-look.ts";
import { shareImageSize } from "../../library/share-image.ts";
import { typesetParts } from "../maths/mathjax.ts";
import { drawPixels, drawPng } from "../png.ts";
import { breakTitle, type SetTitle } from "./break-title.ts";
import { encodeFlat } from "./flat-png.ts";
import { createOutliner, type FontFile, type Outline } from "./outline-text.ts";

export interface ShareImage {
  /** Above the title: the name of the library. */
  readonly kicker: string;
  readonly title: string;
  readonly direction: Direction;
  readonly cover: {
    /** `#2c3676`. */
    readonly cloth: string;
    /** SVG of 300 x 420 in `currentColor`, its upper third free for the title. */
    readonly ornament: string;
    readonly title: string;
    readonly direction: Direction;
  };
  /** The accent colour. */
  readonly accent: string;
  /** TeX. */
  readonly formula: string | undefined;
  /** Small, below the title, where there is no formula. */
  readonly text?: string;
  /** The library's own font, for scripts that ours lack. */
  readonly font: FontFile | undefined;
}

export interface DrawnShareImage {
  readonly png: Uint8Array;
  /** Characters that no font has: what contains one is left out. */
  readonly missing: readonly string[];
}

/** Of an image with more than 256: two colours and their mixtures on each side. */
const colours = 32;

const stamp = "#efe4c8";
const cover = { width: 400, titleSize: 50, left: 50, right: 30, top: 62, titleHeight: 150 } as const;
const column = {
  from: cover.width + 64,
  to: shareImageSize.width - 56,
  top: 96,
  bottom: shareImageSize.height - 60,
} as const;
const columnWidth = column.to - column.from;
const kickerSize = 30;
const titleSpace = { top: 122, withFormula: 300, alone: 400, leading: 1.1 } as const;
const titleSizes = [90, 82, 76, 70, 64, 58, 52, 46, 40] as const;
const coverSizes = [50, 45, 40, 35, 30] as const;
/** Of the formula, in pixels. A smaller one could not be read in a feed, where the image is 400 pixels wide. */
const formulaSizes = { max: 58, min: 22 } as const;
const goodFormulaSize = 40;
/** Between title and formula. */
const gap = 28;

export async function drawShareImage(image: ShareImage): Promise<DrawnShareImage> {
  const { svg, missing } = await shareSvg(image);
  const flat = encodeFlat(await drawPixels(svg, { zoom: 1 }));
  return { png: flat ?? (await drawPng(svg, { zoom: 1, colours })), missing };
}

export async function shareSvg(image: ShareImage) {
  const { outline, missing } = completeLines(createOutliner(image.font));
  const formula = image.formula === undefined ? undefined : await typeset(image.formula);
  const { width, height } = shareImageSize;
  const { svg: title, bottom } = drawTitle(image, outline, formula);
  const isMirrored = image.direction === "rtl";
  const atColumn = isMirrored ? ` transform="translate(${-cover.width} 0)"` : "";
  const atCover = isMirrored ? ` transform="translate(${width - cover.width} 0)"` : "";
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" color="${ink}" fill="currentColor">` +
    `<rect width="${width}" height="${height}" fill="${paper}"/>` +
    `<g${atCover}>${drawCover(image, outline)}</g>` +
    `<g${atColumn}>${drawKicker(image, outline)}${title}${formula ? placeFormula(formula, bottom, isMirrored) : ""}${drawText(image, outline, bottom)}</g></svg>`;
  return { svg, missing: [...missing] };
}

/** Half a title would be worse than none. */
function completeLines(outline: Outline) {
  const missing = new Set<string>();
  const complete: Outline = (text, direction) => {
    const line = outline(text, direction);
    if (line.missing.length === 0) return line;
    for (const character of line.missing) missing.add(character);
    return { ...line, paths: "" };
  };
  return { outline: complete, missing };
}

function drawCover(
  { cover: { cloth, ornament, title, direction }, direction: side }: ShareImage,
  outline: Outline,
): string {
  const { width } = cover;
  const { height } = shareImageSize;
  // The ornament is as wide as the cover, and at its foot.
  const scale = width / 300;
  const room = width - cover.left - cover.right;
  const { size, lines } = breakTitle(
    title,
    widthIn(outline, direction),
    { width: room, height: cover.titleHeight, leading: 1.08 },
    coverSizes,
  );
  const edge = direction === "rtl" ? width - cover.left : cover.left;
  const stamped = lines.map((line, index) =>
    place(outline(line, direction), direction, edge, cover.top + size * (0.75 + 1.08 * index), size),
  );
  // A hinge along the spine, as on covers on the page.
  const spine = (x: number, wide: number, opacity: number, colour: string) => {
    const from = side === "rtl" ? width - x - wide : x;
    return `<rect x="${from}" width="${wide}" height="${height}" fill="${colour}" fill-opacity="${opacity}"/>`;
  };
  return (
    `<rect width="${width}" height="${height}" fill="${cloth}"/>` +
    spine(0, 5, 0.22, "#000") +
    spine(17, 5, 0.16, "#000") +
    spine(22, 2, 0.07, "#fff") +
    `<g color="${stamp}" fill="${stamp}"><g transform="translate(0 ${height - 420 * scale}) scale(${scale})">${insideOf(ornament)}</g>${stamped.join("")}</g>`
  );
}

/** The drawing without its outer element, whose fill must not be ours. */
const insideOf = (svg: string): string => svg.replace(/^<svg [^>]*>/, '<g fill="#000">').replace(/<\/svg>\s*$/, "</g>");

const widthIn = (outline: Outline, direction: Direction) => {
  const known = new Map<string, number>();
  return (text: string): number => {
    const width = known.get(text) ?? outline(text, direction).width;
    known.set(text, width);
    return width;
  };
};

/** A line that begins at `edge`: to its right, or to its left where the text is from right to left. */
function place(
  { width, paths }: ReturnType<Outline>,
  direction: Direction,
  edge: number,
  baseline: number,
  size: number,
): string {
  const x = direction === "rtl" ? edge - width * size : edge;
  return `<g transform="translate(${round(x)} ${round(baseline)}) scale(${size})">${paths}</g>`;
}

const edgeOf = (direction: Direction): number => (direction === "rtl" ? column.to : column.from);

function drawKicker({ kicker, direction, accent }: ShareImage, outline: Outline): string {
  const line = outline(kicker, direction);
  const size = Math.min(kickerSize, columnWidth / line.width);
  return `<g fill="${accent}">${place(line, direction, edgeOf(direction), column.top, size)}</g>`;
}

function drawTitle({ title, direction }: ShareImage, outline: Outline, formula: TypesetFormula | undefined) {
  const { top, withFormula, alone, leading } = titleSpace;
  const space = { width: columnWidth, height: formula ? withFormula : alone, leading };
  const bottomOf = ({ size, lines }: SetTitle) => top + size * leading * lines.length;
  // A large title is worth little if it leaves the formula too small.
  const worth = (set: SetTitle) => (formula ? Math.min(1, sizeOf(formula, bottomOf(set)).size / goodFormulaSize) : 1);
  const set = breakTitle(title, widthIn(outline, direction), space, titleSizes, worth);
  const drawn = set.lines.map((line, index) => {
    const baseline = top + set.size * (0.8 + leading * index);
    return place(outline(line, direction), direction, edgeOf(direction), baseline, set.size);
  });
  return { svg: drawn.join(""), bottom: bottomOf(set) };
}

const textSpace = { height: 200, leading: 1.3 } as const;
const textSizes = [36, 32, 28] as const;

function drawText({ text, direction }: ShareImage, outline: Outline, titleBottom: number): string {
  if (text === undefined) return "";
  const space = { width: columnWidth, ...textSpace };
  const { size, lines } = breakTitle(text, widthIn(outline, direction), space, textSizes);
  const drawn = lines.map((line, index) => {
    const baseline = titleBottom + gap + size * (0.8 + textSpace.leading * index);
    return place(outline(line, direction), direction, edgeOf(direction), baseline, size);
  });
  return `<g fill="${soft}">${drawn.join("")}</g>`;
}

interface TypesetFormula {
  readonly svg: string;
  /** In em. */
  readonly width: number;
  readonly above: number;
  readonly below: number;
}

async function typeset(tex: string): Promise<TypesetFormula | undefined> {
  const [formula] = await typesetParts(tex, true);
  return formula && columnWidth / formula.width >= formulaSizes.min ? formula : undefined;
}

/** As large as it fits between the title and the foot. */
function sizeOf({ width, above, below }: TypesetFormula, titleBottom: number) {
  const top = titleBottom + gap;
  const room = column.bottom - top;
  return { top, room, size: Math.min(formulaSizes.max, columnWidth / width, room / (above + below)) };
}

/** In the middle between the title and the foot. */
function placeFormula(formula: TypesetFormula, titleBottom: number, isMirrored: boolean): string {
  const { svg, width, above, below } = formula;
  const { top, room, size } = sizeOf(formula, titleBottom);
  const baseline = top + (room - (above + below) * size) / 2 + above * size;
  const x = isMirrored ? column.to - width * size : column.from;
  return `<g transform="translate(${round(x)} ${round(baseline)}) scale(${round(size / 1000)})">${svg}</g>`;
}

const round = (length: number): number => Math.round(length * 1e4) / 1e4;
