/**
 * Renders figures as images for emails: drawings in the project's own fonts, and photographs in a format that every
 * client shows.
 */
import { faces, paper } from "../../library/mail-look.ts";
import type { Picture } from "../assets/inspect-picture.ts";
import { letteringFaces, letteringFiles } from "../assets/lettering.ts";
import { createDrawingExporter } from "../assets/standalone-drawing.ts";
import { createCache } from "../cache/memory-cache.ts";
import { columnWidth } from "../maths/formula-pictures.ts";
import { drawPng, shrinkToPng } from "../png.ts";
import { inlineContent } from "./inline-styles.ts";

export interface FigurePicture {
  readonly png: Uint8Array;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Drawings are inverted in dark mode, photographs are not. */
  readonly kind: "drawing" | "photograph";
}

const remembered = createCache<Promise<FigurePicture>>();
const exporter = createCache<ReturnType<typeof createDrawingExporter>>();

/** With the background colour of the email, so that the image has no visible edge. */
const createExporter = () =>
  createDrawingExporter({
    "--sans": `"${letteringFaces.sans}"`,
    "--serif": letteringFaces.maths,
    "--mono": faces.mono,
    "--paper": paper,
    "--lettering": phoneLettering,
  });

/**
 * Scale of lettering on phones (src/ui/styles/tokens.css): most emails are read there, and an image has only one size
 * of letters.
 */
export const phoneLettering = "1.2";

/** Width of a drawing in CSS pixels: its lettering, scaled for phones, then has the size of the text. */
const drawingWidth = 460;

/** `drawing`: the SVG that a figure draws. */
export const drawFigure = (drawing: string): Promise<FigurePicture> =>
  remembered(drawing, async () => {
    const { svg, width } = exporter("mail", createExporter)(drawing);
    const png = await drawPng(await withStylesOnElements(svg), {
      zoom: (2 * drawingWidth) / width,
      colours: 64,
      fontFiles: await letteringFiles(),
    });
    return { png, width: drawingWidth, height: heightAt(drawingWidth, png), kind: "drawing" };
  });

/** resvg supports few selectors and no `font` shorthand: juice resolves the cascade, and `font` is expanded. */
async function withStylesOnElements(svg: string): Promise<string> {
  const css = /<style>([\s\S]*?)<\/style>/.exec(svg)?.[1] ?? "";
  const longhand = css.replace(
    /font:(italic )?([\d.]+px)(?:\/[\d.]+)? ([^;}]+)/g,
    (_, italic: string | undefined, size: string, family: string) =>
      `font-style:${italic ? "italic" : "normal"};font-weight:400;font-size:${size};font-family:${family}`,
  );
  // Without `xml:space`, resvg drops the spaces between parts of a line.
  const bare = svg.replace(/<style>[\s\S]*?<\/style>/, "").replace(/^<svg /, '<svg xml:space="preserve" ');
  return inlineContent(bare, longhand, { xmlMode: true });
}

/** Outlook does not show WebP and AVIF. Of an animated GIF only the first frame is kept. */
export const convertPicture = (picture: Picture): Promise<FigurePicture> => {
  const width = Math.min(columnWidth, picture.width);
  return shrinkToPng(picture.bytes, 2 * columnWidth).then((png) => ({
    png,
    width,
    height: heightAt(width, png),
    kind: "photograph",
  }));
};

/** A PNG begins with its width and height: https://www.w3.org/TR/png-3/#11IHDR. */
function heightAt(width: number, png: Uint8Array): number {
  const header = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return Math.round((width * header.getUint32(20)) / header.getUint32(16));
}
