/**
 * Converts SVG to PNG with a small palette, which every email client shows and which is small. resvg and sharp are
 * loaded for the first image.
 */
import { ink, paper } from "../library/mail-look.ts";
import { createCache } from "./cache/memory-cache.ts";

const load = createCache<Promise<[typeof import("@resvg/resvg-js"), typeof import("sharp")]>>();
const tools = () => load("tools", () => Promise.all([import("@resvg/resvg-js"), import("sharp")]));

export interface DrawOptions {
  /** Pixels per user unit of the drawing. */
  readonly zoom: number;
  readonly colours: number;
  /** Changes the pixels (RGBA) before they are encoded. */
  readonly retouch?: (pixels: Uint8Array) => Uint8Array;
  /** Paths of the available fonts; system fonts are not used. */
  readonly fontFiles?: readonly string[];
}

/** A lower value shifts the shade of the paper from that of the email; a higher one only takes longer. */
const effort = 4;

/** Deterministic: the same drawing gives the same bytes. */
export async function drawPng(
  svg: string,
  { zoom, colours, fontFiles = [], retouch }: DrawOptions,
): Promise<Uint8Array> {
  const [{ Resvg }, { default: sharp }] = await tools();
  const { width, height, pixels } = new Resvg(svg, {
    fitTo: { mode: "zoom", value: zoom },
    font: { loadSystemFonts: false, fontFiles: [...fontFiles] },
  }).render();
  return sharp(retouch?.(pixels) ?? pixels, { raw: { width, height, channels: 4 } })
    .png({ palette: true, colours, dither: 0, compressionLevel: 9, effort })
    .toBuffer();
}

/** sharp, loaded for the first image. */
export const loadSharp = async () => (await import("sharp")).default;

/**
 * Options of sharp for an image of the author: a truncated one is an error, but an odd colour profile is not. Of an
 * animation all frames are read.
 */
export const toleranceOf = (extension: string) =>
  ({ failOn: "error", animated: extension === "gif" || extension === "webp" }) as const;

/** Any image as a PNG of 256 colours, at most `maxWidth` pixels wide. */
export async function shrinkToPng(bytes: Uint8Array, maxWidth: number): Promise<Uint8Array> {
  const [, { default: sharp }] = await tools();
  return sharp(bytes, { failOn: "error" })
    .rotate()
    .resize({ width: maxWidth, withoutEnlargement: true })
    .png({ palette: true, colours: 256, compressionLevel: 9, effort: 10 })
    .toBuffer();
}

/**
 * Quantises ink on a plate to sixteen colours: twelve steps from paper to ink, and three for the plate's round corners.
 * The paper is exactly that of the email. resvg blends transparent pixels with black, which would show on paper.
 */
export function inTones(pixels: Uint8Array): Uint8Array {
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3] ?? 0;
    if (alpha < 255) pixels.set([...paperTone, Math.round((alpha / 255) * edgeSteps) * (255 / edgeSteps)], at);
    else pixels.set(tones[pixels[at] ?? 0] ?? paperTone, at);
  }
  return pixels;
}

const inkSteps = 12;
const edgeSteps = 3;
const channelsOf = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
const paperTone = channelsOf(paper);
const inkTone = channelsOf(ink);

/** Tone by red value: all pixels are mixtures of ink and paper. */
const tones: readonly (readonly number[])[] = Array.from({ length: 256 }, (_, red) => {
  const [light = 0, black = 0] = [paperTone[0], inkTone[0]];
  const blackness = Math.min(1, Math.max(0, (light - red) / (light - black)));
  const step = Math.round(blackness * inkSteps) / inkSteps;
  return paperTone.map((tone, channel) => Math.round(tone + step * ((inkTone[channel] ?? 0) - tone)));
});
