/** Renders a text without errors in all its forms: page, feed entry, Markdown copy and email. */
import type { Tokens } from "marked";
import { inLanguage } from "../../library/language.ts";
import type { ChapterObject } from "../../library/objects.ts";
import { formatWork } from "../markdown/cite.ts";
import { createFeedRenderer } from "../renderers/feed-renderer.ts";
import { createPageRenderer } from "../renderers/page-renderer.ts";
import { type PublishedMail, publishMail } from "../renderers/publish-mail.ts";
import { renderHeading, renderText } from "../renderers/text-walk.ts";
import type { ProblemList } from "../source/problem.ts";
import { exportMarkdown } from "./export-markdown.ts";
import type { ParsedText } from "./parse-text.ts";
import { TextImages } from "./text-images.ts";
import type { TextJob, TextTools } from "./text-job.ts";

export interface RenderedText {
  readonly html: string;
  readonly headings: ChapterObject["headings"];
  readonly references: ChapterObject["references"];
  readonly feedHtml: string | undefined;
  readonly markdown: string;
  readonly mail: PublishedMail | undefined;
  /** Images and figures that the renderers used. */
  readonly images: TextImages;
}

/** Requires the languages of listings to be loaded. */
export async function renderAll(
  parsed: ParsedText,
  job: TextJob,
  tools: TextTools,
  problems: ProblemList,
): Promise<RenderedText> {
  const images = new TextImages(parsed.source.file.path, tools);
  const references = formatReferences(parsed, job);
  // In this order, because `images.media` lists images by first use.
  const page = renderPage(parsed, job, images);
  const feedHtml = job.inFeed ? renderFeed(parsed, job, images, references) : undefined;
  const markdown = exportMarkdown(parsed, images);
  const mail = job.mail && (await renderMail(parsed, { ...job, mail: job.mail }, images, references, tools, problems));
  return { ...page, references, feedHtml, markdown, mail, images };
}

function renderPage(
  { analysis, source }: ParsedText,
  { words }: TextJob,
  images: TextImages,
): Pick<RenderedText, "html" | "headings"> {
  const renderer = createPageRenderer(words, source.data.references, images.onPage);
  return {
    html: renderText(analysis, renderer),
    headings: analysis.tokens
      .filter((token): token is Tokens.Heading => token.type === "heading" && token.depth === 2)
      .map((heading) => ({
        id: analysis.headingIds.get(heading) ?? "",
        html: renderHeading(analysis, renderer, heading.tokens),
      })),
  };
}

type References = RenderedText["references"];

function renderFeed(
  { analysis, source }: ParsedText,
  job: TextJob,
  images: TextImages,
  references: References,
): string {
  const renderer = createFeedRenderer(job.words, job.path, source.data.references, images.inFeed, images.moves);
  const text = renderText(analysis, renderer) + renderer.endnotes();
  return inLanguage(text, job) + feedReferences(references, job.words.chapter.references);
}

/** A work without a description has no entry. */
function feedReferences(references: References, heading: string): string {
  const items = references.map(({ html }) => (html === "" ? "" : `<li>${html}</li>`));
  return items.length === 0 ? "" : `<h2>${heading}</h2>\n<ol>\n${items.join("\n")}\n</ol>\n`;
}

const formatReferences = ({ source }: ParsedText, { words, works }: TextJob): References =>
  source.data.references.map((key) => {
    const work = works.get(key);
    return { key, html: work ? formatWork(words, work) : "" };
  });

const renderMail = (
  { analysis, source }: ParsedText,
  { words, mail, path, language, direction }: TextJob & { readonly mail: NonNullable<TextJob["mail"]> },
  images: TextImages,
  references: References,
  { store }: TextTools,
  problems: ProblemList,
): Promise<PublishedMail> =>
  publishMail(
    {
      ...mail,
      words,
      language,
      direction,
      file: source.file,
      path,
      analysis,
      symbols: source.data.symbols,
      references,
      drawPicture: images.inMail,
      moves: images.moves,
    },
    store,
    problems,
  );
