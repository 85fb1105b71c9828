/**
 * Formulas as pictures that sit in a line of text. Lengths are CSS pixels of the mail; pictures have twice as many.
 *
 * In the dark: some programs (Gmail's apps, Outlook) turn the colours of text and grounds round and leave
 * pictures alone, whatever a mail says. Dark ink on nothing would be gone there, and ink with a light edge
 * looks smudged. So each formula stands on a plate in the colour of the paper, which nobody sees on paper and
 * which is a small light label in the dark. Programs that know `prefers-color-scheme` and `filter` (Apple Mail)
 * get neither: there the picture is turned round as a whole, and `darkCss` does it by exactly so much that
 * the plate has the colour of the dark ground.
 */
import { ink, paper } from "../../library/mail-look.ts";
import { createCache } from "../cache/memory-cache.ts";
import { drawPng, inTones } from "../png.ts";
import { type FormulaPart, typesetParts } from "./mathjax.ts";

export interface FormulaPicture {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** How far it reaches below the line of text. */
  readonly depth: number;
  /** The TeX of this picture, where it shows a part of a formula. */
  readonly tex: string | undefined;
}

/**
 * New Computer Modern at this size has the x-height of Georgia at 17 px (0.431 and 0.481 of the size), and its
 * hairlines are made a little stronger, so that a formula is as black as the words.
 */
const em = 18.5;
const strokeUnits = 8;

/** An inline formula reaches at least this far, in em, so that the plates of a line are of one height. */
const strut = { above: 0.75, below: 0.25 } as const;

/** A formula in a line that is longer may be broken where TeX would, and is then several pictures, each of at most this. */
const maxUnbroken = 200;
const maxPiece = 150;

/** Width of the text in the mail's frame: 600 less its padding. */
export const columnWidth = 552;

/** Space between the formula and the edge of its plate. */
const padding = { inline: { x: 1, y: 1 }, displayed: { x: 6, y: 4 } } as const;

const remembered = createCache<Promise<FormulaPicture[]>>();

/** Its pictures, in the order of the line: one, or more if it is inline and long. */
export const drawFormula = (tex: string, displayed: boolean): Promise<FormulaPicture[]> =>
  remembered(`${displayed ? "D" : "I"}${tex}`, async () => {
    const parts = await typesetParts(tex, displayed);
    return Promise.all(groupParts(parts).map((group) => drawGroup(group, displayed)));
  });

/** Parts together as long as they are no longer than what may stay unbroken. */
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

/** Parts with those that are joined to them: `0.5`, `·0.9` are one. */
function joinedParts(parts: readonly FormulaPart[]): FormulaPart[][] {
  const units: FormulaPart[][] = [];
  for (const part of parts) {
    const unit = units.at(-1);
    if (unit && part.joined) unit.push(part);
    else units.push([part]);
  }
  return units;
}

/** In em; the space in front of the first part belongs to the line. */
const widthOf = (parts: readonly FormulaPart[]): number =>
  parts.reduce((sum, part, index) => sum + part.width + (index === 0 ? 0 : part.gap), 0);

async function drawGroup(parts: readonly FormulaPart[], displayed: boolean): Promise<FormulaPicture> {
  const pad = displayed ? padding.displayed : padding.inline;
  const length = widthOf(parts);
  // What is wider than the column is made smaller; whoever reads on a phone gets the same by `width: 100%`.
  const size = Math.min(em, (columnWidth - 2 * pad.x) / length);
  const reach = (side: "above" | "below") =>
    Math.max(displayed ? -length : strut[side], ...parts.map((part) => part[side]));
  // Whole pixels on every side: the formula's baseline is that of the text, and its plate has sharp edges.
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
  const known = parts.flatMap(({ tex }) => tex ?? []);
  return {
    png: await drawPng(svg, { zoom: 2, colours: 16, retouch: inTones }),
    width,
    height,
    depth: below,
    tex: known.length === parts.length ? known.join(" ") : undefined,
  };
}

const round = (length: number): number => Math.round(length * 100) / 100;
