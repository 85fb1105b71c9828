/** One file of Markdown into one object, and the little that the rest of the library needs to know of it. */
import type { Tokens } from "marked";
import { type Direction, inLanguage } from "../library/language.ts";
import type { Media } from "../library/manifest.ts";
import { type ChapterObject, originMark } from "../library/objects.ts";
import { printedMinutes } from "../library/reading-time.ts";
import { href } from "../routes.ts";
import type { Numbers } from "./assets/examples.ts";
import type { Gallery, GalleryFigure } from "./assets/gallery.ts";
import { collectClasses, collectGlyphs, compactGlyphs, type GlyphSets } from "./assets/glyphs.ts";
import { type Picture, readPicture } from "./assets/pictures.ts";
import type { StandaloneDrawing } from "./assets/standalone-drawing.ts";
import { checkHeadings, checkLength, checkReferences } from "./checks/check-text.ts";
import { checkSymbols } from "./checks/undeclared-symbols.ts";
import { checkWidths } from "./checks/wide-equations.ts";
import { analyseText } from "./markdown/analyse-text.ts";
import { formatWork } from "./markdown/cite.ts";
import { fillInNumbers } from "./markdown/computed-numbers.ts";
import { loadLanguages } from "./markdown/highlight.ts";
import { escapeHtml } from "./markdown/raw-html.ts";
import { tokenizeInline } from "./markdown/syntax.ts";
import type { TextAnalysis, TextSurroundings } from "./markdown/text-analysis.ts";
import { plainText } from "./markdown/token-text.ts";
import type { ObjectStore } from "./object-store.ts";
import { createFeedMedium } from "./renderers/feed-renderer.ts";
import { convertPicture, drawFigure, type FigurePicture } from "./renderers/figure-pictures.ts";
import { lettersOf, renderPageFigure } from "./renderers/page-figure.ts";
import { createPageMedium } from "./renderers/page-renderer.ts";
import { type PublishedMail, publishMail } from "./renderers/publish-mail.ts";
import { renderHeading, renderText } from "./renderers/render-text.ts";
import { typesetSymbols } from "./renderers/typeset-symbols.ts";
import type { ChapterFields, Work } from "./source/content-schema.ts";
import { isError, type Problem, ProblemList } from "./source/problem.ts";
import type { TextSource } from "./source/read-content.ts";
import type { Span } from "./source/source-file.ts";

/** The fields that chapters and overviews share. */
export type TextFields = Pick<ChapterFields, "symbols" | "references">;

export interface TextJob {
  readonly source: TextSource<TextFields>;
  /** Public path of the text. */
  readonly path: string;
  readonly surroundings: TextSurroundings;
  readonly works: ReadonlyMap<string, Work>;
  /** Whether each letter of its formulas must be declared; the About page has no notation. */
  readonly explainsItsSymbols: boolean;
  /** What is computed for the text. */
  readonly numbers: Numbers | undefined;
  /** Whether the text is among the newest, so that a feed needs it. */
  readonly inFeed: boolean;
  /** Whether the HTML is wanted by itself, beside the object. */
  readonly keepHtml: boolean;
  readonly cover: string | undefined;
  /** Where it is not the library's. */
  readonly language: string | undefined;
  readonly direction: Direction;
  /** Absent for the About page, which is never mailed. `key`: see `publishMail`. */
  readonly mail: { readonly cloth: string; readonly key: string | undefined } | undefined;
}

export interface TextTools {
  readonly root: string;
  readonly store: ObjectStore;
  readonly gallery: Gallery;
  readonly exportDrawing: (drawing: string) => StandaloneDrawing;
}

export interface CompiledText {
  readonly problems: readonly Problem[];
  /** Only kept of a text that is part of another object: the About page. */
  readonly html: string;
  readonly object: string;
  readonly media: readonly Media[];
  /** Hash of the text as mail, and of the pictures in it. */
  readonly mail: PublishedMail | undefined;
  readonly minutes: number;
  readonly hasMaths: boolean;
  /** Names of the figures that a script takes over, each once. */
  readonly interactiveFigures: readonly string[];
  readonly feedHtml: string | undefined;
  readonly anchors: ReadonlySet<string>;
  readonly chapterLinks: TextAnalysis["chapterLinks"];
  readonly glyphs: GlyphSets;
  /** Every class of the text's HTML: rules of KaTeX for others are left out of the stylesheet. */
  readonly classes: string;
}

/** Compiles a text; when it has errors, what is returned beside them is empty. */
export async function compileText(job: TextJob, tools: TextTools): Promise<CompiledText> {
  const { path } = job;
  const problems = new ProblemList();
  const { bodyStart } = job.source;
  const source = { ...job.source, file: fillInNumbers(job.source.file, bodyStart, job.numbers, problems) };
  const analysis = analyseText(source.file, source.bodyStart, job.surroundings, problems);
  checkReferences(job, problems);
  checkLength(job, analysis, problems);
  checkHeadings({ ...job, source }, analysis, problems);
  const symbols = typesetSymbols(source, problems);
  if (job.explainsItsSymbols && !problems.sorted().some(isError))
    checkSymbols(source.file, analysis.formulas, source.data.symbols, problems);
  if (!problems.sorted().some(isError)) checkWidths(source.file, analysis, problems);
  const found = problems.sorted();
  const chapterLinks = analysis.chapterLinks.map((link) => ({ ...link, span: source.file.origin(link.span).span }));
  if (found.some(isError)) return failed(found, analysis, chapterLinks);

  await loadLanguages(analysis.languages);
  const media = new Map<string, Media>();
  const figures = new Set<GalleryFigure>();
  const { references } = source.data;
  const page = createPageMedium(references, pageFigure);
  const html = renderText(analysis, page);
  const feedHtml = job.inFeed ? renderFeed() : undefined;
  const formattedReferences = references.map((key) => {
    const work = job.works.get(key);
    return { key, html: work ? formatWork(work) : "" };
  });
  const object: ChapterObject = {
    kind: "chapter",
    html,
    headings: analysis.tokens
      .filter((token): token is Tokens.Heading => token.type === "heading" && token.depth === 2)
      .map((heading) => ({
        id: analysis.headingIds.get(heading) ?? "",
        html: renderHeading(analysis, page, heading.tokens),
      })),
    symbols,
    references: formattedReferences,
    markdown: exportMarkdown(),
    ...(job.cover !== undefined && { cover: job.cover }),
  };
  const shown = [
    html,
    ...object.headings.map((heading) => heading.html),
    ...symbols.flatMap((s) => [s.html, s.meaning, s.shape ?? ""]),
  ];
  const drawings = [...figures].map((figure) => figure.draw());
  const mail =
    job.mail &&
    (await publishMail(
      {
        ...job.mail,
        language: job.language,
        direction: job.direction,
        file: source.file,
        path,
        analysis,
        symbols: source.data.symbols,
        references: formattedReferences,
        drawPicture: mailFigure,
        moves,
      },
      tools.store,
      problems,
    ));
  return {
    problems: problems.sorted(),
    html: job.keepHtml ? html : "",
    object: tools.store.put(`${JSON.stringify(object)}\n`, "json"),
    media: [...media.values()],
    mail,
    minutes: printedMinutes(analysis.counts),
    hasMaths:
      shown.some((text) => text.includes('class="katex"')) || drawings.some((svg) => svg.includes('class="formula')),
    interactiveFigures: [...figures].filter(({ interactive }) => interactive).map(({ name }) => name),
    feedHtml,
    anchors: analysis.anchors,
    chapterLinks,
    classes: collectClasses(shown),
    glyphs: compactGlyphs(
      collectGlyphs([...shown, ...object.references.map((work) => work.html), ...[...figures].flatMap(lettersOf)]),
    ),
  };

  function renderFeed(): string {
    const feed = createFeedMedium(path, references, feedFigure, moves);
    return inLanguage(renderText(analysis, feed) + feed.endnotes(), job) + feedReferences(job);
  }

  function pageFigure(image: Tokens.Image): string {
    const figure = figureOf(image);
    if (figure === undefined) {
      return `<img ${pictureAttributes(image, "")} loading="lazy">`;
    }
    figures.add(figure);
    return renderPageFigure(figure, altOf(image));
  }

  function feedFigure(image: Tokens.Image): string {
    const figure = figureOf(image);
    const alt = escapeHtml(altOf(image));
    if (figure === undefined) {
      return `<img ${pictureAttributes(image, originMark)}>`;
    }
    const { svg, width, height } = tools.exportDrawing(figure.draw());
    const hash = keep(svg, "svg");
    return `<img src="${originMark}${href.media(hash, "svg")}" alt="${alt}" width="${width}" height="${height}">`;
  }

  function figureOf(image: Tokens.Image): GalleryFigure | undefined {
    return tools.gallery.get(/^figure:(.*)$/.exec(image.href)?.[1] ?? "");
  }

  function moves(image: Tokens.Image): boolean {
    return figureOf(image)?.interactive !== undefined;
  }

  function mailFigure(image: Tokens.Image): Promise<FigurePicture> {
    const figure = figureOf(image);
    return figure ? drawFigure(figure.draw()) : convertPicture(pictureOf(image));
  }

  function pictureAttributes(image: Tokens.Image, origin: string): string {
    const { hash, extension, width, height } = keepPicture(image);
    return `src="${origin}${href.media(hash, extension)}" alt="${escapeHtml(altOf(image))}" width="${width}" height="${height}"`;
  }

  function keepPicture(image: Tokens.Image): Media & { readonly width: number; readonly height: number } {
    const { bytes, extension, width, height } = pictureOf(image);
    return { hash: keep(bytes, extension), extension, width, height };
  }

  function pictureOf(image: Tokens.Image): Picture {
    const picture = readPicture(tools.root, source.file.path, image.href);
    if (!picture) throw new Error(`The image ${image.href} got past the analysis.`);
    return picture;
  }

  function keep(bytes: string | Uint8Array, extension: Media["extension"]): string {
    const hash = tools.store.put(bytes, extension);
    media.set(hash, { hash, extension });
    return hash;
  }

  /** The source with addresses that work from anywhere. */
  function exportMarkdown(): string {
    const edits: { span: Span; text: string }[] = [];
    for (const [token, to] of analysis.linkTargets) {
      if (token.type !== "link" || (to.kind !== "chapter" && to.kind !== "page")) continue;
      const anchor = to.kind === "chapter" && to.anchor ? `#${to.anchor}` : "";
      edit(token as Tokens.Link, `${originMark}${to.path}${anchor}`);
    }
    for (const { image } of analysis.figures.values()) {
      const figure = figureOf(image);
      const file =
        figure === undefined
          ? keepPicture(image)
          : { hash: keep(tools.exportDrawing(figure.draw()).svg, "svg"), extension: "svg" };
      edit(image, `${originMark}${href.media(file.hash, file.extension)}`);
    }
    let markdown = source.file.text;
    for (const { span, text } of edits.sort((a, b) => b.span.offset - a.span.offset)) {
      markdown = markdown.slice(0, span.offset) + text + markdown.slice(span.offset + span.length);
    }
    return markdown.slice(source.bodyStart).trim();

    function edit(token: Tokens.Link | Tokens.Image, address: string): void {
      const span = analysis.positions.get(token);
      const at = token.raw.lastIndexOf(`](${token.href}`);
      if (span && at !== -1)
        edits.push({ span: { offset: span.offset + at + 2, length: token.href.length }, text: address });
    }
  }
}

/** The alternative text in words: marks of emphasis mean nothing to who listens. */
const altOf = (image: Tokens.Image): string => plainText(tokenizeInline(image.text));

function feedReferences({ source, works }: TextJob): string {
  const items = source.data.references.map((key) => {
    const work = works.get(key);
    return work ? `<li>${formatWork(work)}</li>` : "";
  });
  return items.length === 0 ? "" : `<h2>References</h2>\n<ol>\n${items.join("\n")}\n</ol>\n`;
}

const failed = (
  problems: readonly Problem[],
  analysis: TextAnalysis,
  chapterLinks: CompiledText["chapterLinks"],
): CompiledText => ({
  problems,
  html: "",
  object: "",
  media: [],
  mail: undefined,
  minutes: 0,
  hasMaths: false,
  interactiveFigures: [],
  feedHtml: undefined,
  anchors: analysis.anchors,
  chapterLinks,
  glyphs: new Map(),
  classes: "",
});
