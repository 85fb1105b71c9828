/** Converts SVG to pixels, and drawings and photographs to PNG with a small palette. resvg and sharp are loaded for the first image. */
import { createCache } from "./cache/memory-cache.ts";

const loadRenderer = createCache<Promise<typeof import("@resvg/resvg-js")>>();

export interface DrawOptions {
  /** Pixels per user unit of the drawing. */
  readonly zoom: number;
  /** Paths of the available fonts; system fonts are not used. */
  readonly fontFiles?: readonly string[];
}

/** RGBA, row by row. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** A lower value shifts the shade of the paper from that of the email; a higher one only takes longer. */
const effort = 4;

/** Drawn on libuv's threads, so that the main thread typesets the next formula meanwhile. */
export async function drawPixels(svg: string, { zoom, fontFiles = [] }: DrawOptions): Promise<Raster> {
  const { renderAsync } = await loadRenderer("resvg", () => import("@resvg/resvg-js"));
  const { width, height, pixels } = await renderAsync(svg, {
    fitTo: { mode: "zoom", value: zoom },
    font: { loadSystemFonts: false, fontFiles: [...fontFiles] },
  });
  return { width, height, pixels };
}

/** Deterministic: the same drawing gives the same bytes. */
export async function drawPng(svg: string, { colours, ...options }: DrawOptions & { readonly colours: number }) {
  const { width, height, pixels } = await drawPixels(svg, options);
  const sharp = await loadSharp();
  const png = sharp(pixels, { raw: { width, height, channels: 4 } });
  return png.png({ palette: true, colours, dither: 0, compressionLevel: 9, effort }).toBuffer();
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
  const sharp = await loadSharp();
  return sharp(bytes, { failOn: "error" })
    .rotate()
    .resize({ width: maxWidth, withoutEnlargement: true })
    .png({ palette: true, colours: 256, compressionLevel: 9, effort: 10 })
    .toBuffer();
}
