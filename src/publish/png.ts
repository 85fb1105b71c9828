/** SVG to PNG with few colours: what every mail program shows, and small. resvg and sharp are loaded with the first picture. */
import { ink, paper } from "../library/mail-look.ts";
import { createCache } from "./cache/memory-cache.ts";

const load = createCache<Promise<[typeof import("@resvg/resvg-js"), typeof import("sharp")]>>();
const tools = () => load("tools", () => Promise.all([import("@resvg/resvg-js"), import("sharp")]));

export interface DrawOptions {
  /** Pixels of the picture to one unit of the drawing. */
  readonly zoom: number;
  readonly colours: number;
  /** What is done to the pixels, red, green, blue and alpha of each, before they are encoded. */
  readonly retouch?: (pixels: Uint8Array) => Uint8Array;
  /** Paths of the fonts that the lettering may use; no other is there. */
  readonly fontFiles?: readonly string[];
}

/** With less the paper is a shade beside that of the mail; with more only the time grows. */
const effort = 4;

/** The same bytes for the same drawing. */
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

/** Any picture as a PNG of 256 colours, no wider than that many pixels. */
export async function shrinkToPng(bytes: Uint8Array, maxWidth: number): Promise<Uint8Array> {
  const [, { default: sharp }] = await tools();
  return sharp(bytes)
    .rotate()
    .resize({ width: maxWidth, withoutEnlargement: true })
    .png({ palette: true, colours: 256, compressionLevel: 9, effort: 10 })
    .toBuffer();
}

/**
 * Ink on a plate in twelve steps from paper to ink, and three of the plate's round corners: sixteen colours in
 * all, the paper exactly that of the mail. resvg mixes what is transparent with black, which would show on paper.
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

/** The tone of every red between ink and paper: all pixels are mixtures of the two. */
const tones: readonly (readonly number[])[] = Array.from({ length: 256 }, (_, red) => {
  const [light = 0, black = 0] = [paperTone[0], inkTone[0]];
  const blackness = Math.min(1, Math.max(0, (light - red) / (light - black)));
  const step = Math.round(blackness * inkSteps) / inkSteps;
  return paperTone.map((tone, channel) => Math.round(tone + step * ((inkTone[channel] ?? 0) - tone)));
});
