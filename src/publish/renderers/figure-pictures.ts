/** Figures as pictures for a mail: drawings in the project's own fonts, and photographs in a form that every program shows. */
import { faces, paper } from "../../library/mail-look.ts";
import { letteringFaces, letteringFiles } from "../assets/lettering.ts";
import type { Picture } from "../assets/pictures.ts";
import { createDrawingExporter } from "../assets/standalone-drawing.ts";
import { createCache } from "../cache/memory-cache.ts";
import { columnWidth } from "../maths/formula-pictures.ts";
import { drawPng, shrinkToPng } from "../png.ts";
import { inlineContent } from "./inline-styles.ts";

export interface FigurePicture {
  readonly png: Uint8Array;
  /** In CSS pixels. */
  readonly width: number;
  /** A drawing is turned round in the dark, a photograph is not. */
  readonly kind: "drawing" | "photograph";
}

const remembered = createCache<Promise<FigurePicture>>();
const exporter = createCache<ReturnType<typeof createDrawingExporter>>();

/** On the mail's own paper, so that it has no edge there. */
const createExporter = () =>
  createDrawingExporter({
    "--sans": `"${letteringFaces.sans}"`,
    "--serif": letteringFaces.maths,
    "--mono": faces.mono,
    "--paper": paper,
    "--lettering": phoneLettering,
  });

/** As on the page of a phone (src/ui/styles/tokens.css): most mails are read there, and a picture has one size of letters. */
export const phoneLettering = "1.2";

/** Of a drawing, in CSS pixels: its lettering, which has the size for phones, is here that of the text. */
const drawingWidth = 460;

/** `drawing`: the SVG of a function of src/figures. */
export const drawFigure = (drawing: string): Promise<FigurePicture> =>
  remembered(drawing, async () => {
    const { svg, width } = exporter("mail", createExporter)(drawing);
    const png = await drawPng(await withStylesOnElements(svg), {
      zoom: (2 * drawingWidth) / width,
      colours: 64,
      fontFiles: await letteringFiles(),
    });
    return { png, width: drawingWidth, kind: "drawing" };
  });

/** resvg reads few selectors and no `font`: juice does the cascade, and `font` is written out. */
async function withStylesOnElements(svg: string): Promise<string> {
  const css = /<style>([\s\S]*?)<\/style>/.exec(svg)?.[1] ?? "";
  const longhand = css.replace(
    /font:(italic )?([\d.]+px)(?:\/[\d.]+)? ([^;}]+)/g,
    (_, italic: string | undefined, size: string, family: string) =>
      `font-style:${italic ? "italic" : "normal"};font-weight:400;font-size:${size};font-family:${family}`,
  );
  // Between the parts of a line resvg would drop the spaces.
  const bare = svg.replace(/<style>[\s\S]*?<\/style>/, "").replace(/^<svg /, '<svg xml:space="preserve" ');
  return inlineContent(bare, longhand, { xmlMode: true });
}

/** WebP and AVIF are not shown by Outlook; of a GIF that moves, the first picture stays. */
export const convertPicture = (picture: Picture): Promise<FigurePicture> => {
  const width = Math.min(columnWidth, picture.width);
  return shrinkToPng(picture.bytes, 2 * columnWidth).then((png) => ({ png, width, kind: "photograph" }));
};
