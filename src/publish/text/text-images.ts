/** Renders the figures and image files of one text for each renderer, and records the files that the text needs. */
import type { Tokens } from "marked";
import type { Media } from "../../library/manifest.ts";
import { originMark } from "../../library/objects.ts";
import { href } from "../../routes.ts";
import type { GalleryFigure } from "../assets/gallery.ts";
import type { Picture } from "../assets/inspect-picture.ts";
import { escapeHtml } from "../markdown/raw-html.ts";
import { tokenizeInline } from "../markdown/syntax.ts";
import { plainText } from "../markdown/token-text.ts";
import { convertPicture, drawFigure, type FigurePicture } from "../renderers/figure-pictures.ts";
import { renderPageFigure } from "../renderers/page-figure.ts";
import type { Pictures } from "./read-pictures.ts";
import type { TextTools } from "./text-job.ts";

export class TextImages {
  readonly #pictures: Pictures;
  readonly #tools: TextTools;
  readonly #media = new Map<string, Media>();
  readonly #figures = new Set<GalleryFigure>();

  constructor(pictures: Pictures, tools: TextTools) {
    this.#pictures = pictures;
    this.#tools = tools;
  }

  /** Files that browsers and feed readers fetch separately, each once. */
  get media(): readonly Media[] {
    return [...this.#media.values()];
  }

  /** Figures that the page shows, each once. */
  get figures(): readonly GalleryFigure[] {
    return [...this.#figures];
  }

  readonly onPage = (image: Tokens.Image): string => {
    const figure = this.#figureOf(image);
    if (figure === undefined) return `<img ${this.#attributesOf(image, "")} loading="lazy">`;
    this.#figures.add(figure);
    return renderPageFigure(figure, altOf(image));
  };

  /** Some text readers, newsboat among them, show the title of an image but not its alt text. */
  readonly inFeed = (image: Tokens.Image): string => {
    const title = `title="${escapeHtml(altOf(image))}"`;
    return `<img ${this.#attributesOfFile(image, originMark)} ${title}>`;
  };

  /** On pages of the library that have no figures of their own. */
  readonly asFile = (image: Tokens.Image): string => `<img ${this.#attributesOfFile(image, "")} loading="lazy">`;

  readonly inMail = (image: Tokens.Image): Promise<FigurePicture> => {
    const figure = this.#figureOf(image);
    return figure ? drawFigure(figure.draw()) : convertPicture(this.#pictureOf(image));
  };

  /** The image as a file, for use outside of the page. */
  readonly fileOf = (image: Tokens.Image): Media => {
    const figure = this.#figureOf(image);
    return figure ? this.#keep(this.#tools.exportDrawing(figure.draw()).svg, "svg") : this.#keepPicture(image);
  };

  /** Whether it is interactive on the page. */
  readonly moves = (image: Tokens.Image): boolean => this.#figureOf(image)?.interactive !== undefined;

  #figureOf(image: Tokens.Image): GalleryFigure | undefined {
    return this.#tools.gallery.get(/^figure:(.*)$/.exec(image.href)?.[1] ?? "");
  }

  #attributesOfFile(image: Tokens.Image, origin: string): string {
    const figure = this.#figureOf(image);
    if (figure === undefined) return this.#attributesOf(image, origin);
    const { svg, width, height } = this.#tools.exportDrawing(figure.draw());
    return attributes({ ...this.#keep(svg, "svg"), width, height }, altOf(image), origin);
  }

  #attributesOf(image: Tokens.Image, origin: string): string {
    return attributes(this.#keepPicture(image), altOf(image), origin);
  }

  #keepPicture(image: Tokens.Image): SizedMedia {
    const { bytes, extension, width, height } = this.#pictureOf(image);
    return { ...this.#keep(bytes, extension), width, height };
  }

  #pictureOf(image: Tokens.Image): Picture {
    const picture = this.#pictures.get(image.href);
    if (!picture) throw new Error(`The image ${image.href} got past the analysis.`);
    return picture;
  }

  #keep(bytes: string | Uint8Array, extension: Media["extension"]): Media {
    const media = { hash: this.#tools.store.put(bytes, extension), extension };
    this.#media.set(media.hash, media);
    return media;
  }
}

interface SizedMedia extends Media {
  readonly width: number;
  readonly height: number;
}

const attributes = ({ hash, extension, width, height }: SizedMedia, alt: string, origin: string): string =>
  `src="${origin}${href.media(hash, extension)}" alt="${escapeHtml(alt)}" width="${width}" height="${height}"`;

/** The alt text as plain words: screen readers do not announce emphasis. */
const altOf = (image: Tokens.Image): string => plainText(tokenizeInline(image.text));
