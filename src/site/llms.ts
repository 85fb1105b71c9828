/** Renders the library for language models: a list of its books and chapters, and a book as one text. */
import { type Catalogue, type CatalogueEntry, entriesOf } from "../library/catalogue.ts";
import { unpackFiles } from "../library/file-pack.ts";
import { maxListedChapters } from "../library/full-text.ts";
import type { Book } from "../library/manifest.ts";
import { href } from "../routes.ts";
import type { TextContext } from "../ui/page-context.ts";
import { renderMarkdown } from "./chapter-markdown.ts";

/** In the form of https://llmstxt.org: links to Markdown, with a sentence on each. */
export function renderLlms({ catalogue, origin, words }: TextContext): string {
  const { manifest, books, byPath } = catalogue;
  const lists = byPath.size <= maxListedChapters;
  const link = (name: string, path: string, about = "") =>
    `- [${name.replace(/[[\]]/g, "\\$&")}](${origin}${path})${about === "" ? "" : `: ${about}`}`;
  const linkTo = ({ book, chapter, isOverview }: CatalogueEntry) =>
    link(chapter.title, href.markdown(book.slug, isOverview ? undefined : chapter.slug), chapter.excerpt);
  const sections = books.map((book) => {
    const entries = entriesOf(catalogue, book);
    const listed = lists ? entries : entries.filter(({ isOverview }) => isOverview);
    const whole = book.fullText === undefined ? [] : [link(words.llms.whole(book.title), href.fullText(book.slug))];
    return [`## ${book.title}`, "", book.blurb, "", ...listed.map(linkTo), ...whole].join("\n");
  });
  const optional = [
    link(words.frame.atomFeed, href.feed()),
    ...(manifest.notation === undefined ? [] : [link(words.chapter.notation, href.notation())]),
    link(words.frame.about, href.about()),
  ];
  // The name "Optional" is part of the format.
  return [
    `# ${manifest.title}`,
    `> ${manifest.tagline}`,
    words.llms.how,
    ...sections,
    `## Optional\n\n${optional.join("\n")}\n`,
  ].join("\n\n");
}

/** `pack`: all texts of the book by path, of which the public ones are rendered, in reading order. */
export function renderFullText(context: TextContext, book: Book, pack: Uint8Array): string {
  const texts = unpackFiles(pack);
  const decoder = new TextDecoder();
  return entriesOf(context.catalogue, book)
    .flatMap((entry) => {
      const text = texts.get(entry.path);
      return text ? [renderMarkdown(context, entry, decoder.decode(text))] : [];
    })
    .join("\n---\n\n");
}

/** The public book whose full text is at this path. */
export function fullTextAt({ byPath }: Catalogue, path: string): Book | undefined {
  const [, folder = ""] = /^(\/[^/]+\/)llms-full\.txt$/.exec(path) ?? [];
  const book = byPath.get(folder)?.book;
  return book?.fullText === undefined ? undefined : book;
}
