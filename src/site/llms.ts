/** Renders the library for language models: a list of its books and chapters, and a book as one text. */
import { type Catalogue, type CatalogueEntry, entriesOf } from "../library/catalogue.ts";
import { unpackFiles } from "../library/file-pack.ts";
import { maxListedChapters } from "../library/full-text.ts";
import type { Book } from "../library/manifest.ts";
import { href } from "../routes.ts";
import type { TextContext } from "../ui/page-context.ts";
import { markdownPath, renderMarkdown } from "./chapter-markdown.ts";

/** In the form of https://llmstxt.org: links to Markdown, with a sentence on each. */
export function renderLlms(context: TextContext): string {
  const { catalogue, origin, words } = context;
  const { manifest } = catalogue;
  const optional = [
    linkTo(words.frame.atomFeed, origin + href.feed()),
    ...(manifest.notation === undefined ? [] : [linkTo(words.chapter.notation, origin + href.notation())]),
    linkTo(words.frame.about, origin + href.about()),
  ];
  // The name "Optional" is part of the format.
  return [
    `# ${manifest.title}`,
    `> ${manifest.tagline}`,
    words.llms.how,
    words.llms.mcp(origin + href.mcp()),
    renderBooks(context),
    `## Optional\n\n${optional.join("\n")}\n`,
  ].join("\n\n");
}

/** All books with their chapters, or, in a large library, with their overviews alone; one book with all chapters. */
export function renderBooks({ catalogue, origin, words }: TextContext, only?: Book): string {
  const lists = only !== undefined || catalogue.byPath.size <= maxListedChapters;
  const describe = (entry: CatalogueEntry) =>
    linkTo(entry.chapter.title, origin + markdownPath(entry), `: ${entry.chapter.excerpt}`);
  return (only ? [only] : catalogue.books)
    .map((book) => {
      const entries = entriesOf(catalogue, book);
      const listed = lists ? entries : entries.filter(({ isOverview }) => isOverview);
      const whole =
        book.fullText === undefined ? [] : [linkTo(words.llms.whole(book.title), origin + href.fullText(book.slug))];
      return [`## ${book.title}`, "", book.blurb, "", ...listed.map(describe), ...whole].join("\n");
    })
    .join("\n\n");
}

const linkTo = (name: string, url: string, about = ""): string =>
  `- [${name.replace(/[[\]]/g, "\\$&")}](${url})${about}`;

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
