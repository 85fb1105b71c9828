/**
 * Renders formulas as inline images for emails. Lengths are CSS pixels of the email; images have twice the resolution.
 *
 * Dark mode: some clients (Gmail's apps, Outlook) invert the colours of text and backgrounds but not of images,
 * whatever an email specifies. Dark ink on a transparent background would be invisible there, and a light outline looks
 * smudged. So each formula is on a plate in the colour of the paper: invisible on paper, a small light label in the
 * dark. Clients that support `prefers-color-scheme` and `filter` (Apple Mail) invert the whole image instead, and
 * `darkCss` inverts it by exactly the amount that gives the plate the colour of the dark background.
 */
import { ink, paper } from "../../library/mail-look.ts";
import { drawPixels } from "../png.ts";
import { encodeFormula } from "./formula-png.ts";
import { type FormulaPart, typesetParts } from "./mathjax.ts";

export interface FormulaPicture {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Distance from the baseline to the bottom edge. */
  readonly depth: number;
  /** The TeX of this image; undefined if it is not known for all of its parts. */
  readonly tex: string | undefined;
}

/**
 * At this size New Computer Modern has the x-height of Georgia at 17 px (0.431 and 0.481 of the size). Hairlines are
 * thickened slightly, so that a formula is as dark as the text.
 */
const em = 18.5;
const strokeUnits = 8;

/** Minimum extent of an inline formula in em, so that the plates in a line have the same height. */
const strut = { above: 0.75, below: 0.25 } as const;

/** A longer inline formula is split where TeX may break it, into images of at most `maxPiece`. */
const maxUnbroken = 200;
const maxPiece = 150;

/** Width of the text in the email's frame: 600 minus its padding. */
export const columnWidth = 552;

/** Space between the formula and the edge of its plate. */
const padding = { inline: { x: 1, y: 1 }, displayed: { x: 6, y: 4 } } as const;

/** The images of a formula in order: one, or several if it is inline and long. */
export async function drawFormula(tex: string, displayed: boolean): Promise<FormulaPicture[]> {
  const parts = await typesetParts(tex, displayed);
  return Promise.all(groupParts(parts).map((group) => drawGroup(group, displayed)));
}

/** Groups parts into images; a formula of at most `maxUnbroken` is one group. */
function groupParts(parts: readonly FormulaPart[]): FormulaPart[][] {
  if (widthOf(parts) * em <= maxUnbroken) return [[...parts]];
  const groups: FormulaPart[][] = [];
  for (const unit of joinedParts(parts)) {
    const group = groups.at(-1);
    if (group && widthOf([...group, ...unit]) * em <= maxPiece) group.push(...unit);
    else groups.push([...unit]);
  }
  return groups;
}

/** Merges parts between which no line should break: `0.5`, `·0.9`. */
function joinedParts(parts: readonly FormulaPart[]): FormulaPart[][] {
  const units: FormulaPart[][] = [];
  for (const part of parts) {
    const unit = units.at(-1);
    if (unit && part.joined) unit.push(part);
    else units.push([part]);
  }
  return units;
}

/** In em; the gap before the first part belongs to the line. */
const widthOf = (parts: readonly FormulaPart[]): number =>
  parts.reduce((sum, part, index) => sum + part.width + (index === 0 ? 0 : part.gap), 0);

async function drawGroup(parts: readonly FormulaPart[], displayed: boolean): Promise<FormulaPicture> {
  const pad = displayed ? padding.displayed : padding.inline;
  const length = widthOf(parts);
  // Scaled down if it is wider than the column; on phones `width: 100%` does the same.
  const size = Math.min(em, (columnWidth - 2 * pad.x) / length);
  const reach = (side: "above" | "below") =>
    Math.max(displayed ? -length : strut[side], ...parts.map((part) => part[side]));
  // Whole pixels on every side: the baseline matches that of the text, and the plate has sharp edges.
  const above = Math.ceil(reach("above") * size) + pad.y;
  const below = Math.max(0, Math.ceil(reach("below") * size)) + pad.y;
  const width = Math.ceil(length * size) + 2 * pad.x;
  const height = above + below;
  const scale = size / 1000;
  let x = (width - length * size) / 2 / scale;
  const drawn = parts.map((part, index) => {
    x += index === 0 ? 0 : part.gap * 1000;
    const group = `<g transform="translate(${round(x)})">${part.svg.replace('stroke-width="0"', `stroke-width="${strokeUnits}"`)}</g>`;
    x += part.width * 1000;
    return group;
  });
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" color="${ink}">` +
    `<rect width="${width}" height="${height}" rx="3" fill="${paper}"/>` +
    `<g transform="translate(0 ${above}) scale(${scale})">${drawn.join("")}</g></svg>`;
  const { pixels, width: columns, height: rows } = await drawPixels(svg, { zoom: 2 });
  const known = parts.flatMap(({ tex }) => tex ?? []);
  return {
    png: encodeFormula(pixels, columns, rows),
    width,
    height,
    depth: below,
    tex: known.length === parts.length ? known.join(" ") : undefined,
  };
}

const round = (length: number): number => Math.round(length * 100) / 100;
