/** Renders a chapter or a book's overview, with its notation, references and citation. */
import { raw } from "hono/html";
import { type CatalogueEntry, numberOf } from "../library/catalogue.ts";
import type { ChapterObject } from "../library/chapter-object.ts";
import { interfaceWords, titleOf, type Worded, wordsOf } from "../library/language.ts";
import type { Book } from "../library/manifest.ts";
import { pageIds, reservedIds } from "../library/page-ids.ts";
import { hasMap } from "../library/prerequisites.ts";
import { href } from "../routes.ts";
import { Cover } from "../ui/cover.tsx";
import { Document } from "../ui/document.tsx";
import { FeedbackForm } from "../ui/feedback-form.tsx";
import type { PageContext } from "../ui/page-context.ts";
import { SubscribeBand } from "../ui/subscribe-form.tsx";
import { AuthorNames, areMany, ManyAuthors } from "./author-names.tsx";
import { bibtexOf } from "./bibtex.ts";
import { Changes, LastChanges } from "./changes.tsx";
import { ContentsList, Day, Extent, Minutes, UnpublishedMark } from "./chapter-lists.tsx";
import { markdownPath } from "./chapter-markdown.ts";
import { BookMetadata, ChapterMetadata } from "./metadata/page-metadata.tsx";
import { NeededBy, Needs } from "./needs.tsx";
import { Neighbours } from "./neighbours.tsx";
import { PageContents } from "./page-contents.tsx";
import { TitleLines } from "./title-lines.tsx";

interface ChapterPageProps {
  readonly page: PageContext;
  readonly entry: CatalogueEntry;
  readonly object: Omit<ChapterObject, "body" | "links">;
  /** The HTML of the text, with links to public chapters only; or a mark that it replaces. */
  readonly html: string;
  readonly now: number;
  readonly feedbackOpen: boolean;
  /** For a preview before publication: the text of the banner, and the URL of the email preview. */
  readonly preview?: { readonly banner: string; readonly mail: string };
}

export function ChapterPage(props: ChapterPageProps) {
  const { page, entry, html, feedbackOpen, preview } = props;
  const { catalogue, words } = page;
  const { book, chapter, path, isOverview } = entry;
  const { shareImage } = chapter;
  const slug = isOverview ? undefined : chapter.slug;
  /** Also what is written on the image beside links. */
  const tabTitle = isOverview ? book.title : `${chapter.title} · ${book.shortTitle}`;
  const Metadata = isOverview ? BookMetadata : ChapterMetadata;
  return (
    <Document
      page={page}
      title={tabTitle}
      description={chapter.excerpt}
      path={preview ? undefined : path}
      hasMaths={chapter.hasMaths}
      figureScripts={chapter.figures.flatMap((name) => catalogue.manifest.assets.figureScripts[name] ?? [])}
      book={book}
      chapter={isOverview ? undefined : numberOf(catalogue, entry)}
      text={preview ? undefined : { id: entry.id, minutes: chapter.minutes }}
      image={
        shareImage === undefined ? undefined : { path: href.shareImage(shareImage, book.slug, slug), alt: tabTitle }
      }
      head={preview ? undefined : <Metadata page={page} entry={entry} />}
      markdown={preview ? undefined : markdownPath(entry)}
      hasContinue={isOverview}
    >
      {preview && (
        <p class="preview-banner">
          {preview.banner} <a href={preview.mail}>{words.preview.asEmail}</a>
        </p>
      )}
      <article class={isOverview ? "reading overview" : "reading"} {...wordsOf(chapter)}>
        {isOverview ? <BookHeader {...props} /> : <ChapterHeader {...props} />}
        {isOverview && <BookContents {...props} />}
        <PageContents page={page} entry={entry} object={props.object} own={ownWords(page, chapter)} />
        <div class="body" id={isOverview ? pageIds.overview : undefined}>
          {raw(html)}
          <Neighbours page={page} entry={entry} own={ownWords(page, chapter)} />
          <NeededBy page={page} entry={entry} own={ownWords(page, chapter)} />
          {feedbackOpen && <FeedbackForm words={words} page={path} text={entry.id} own={ownWords(page, chapter)} />}
          <Apparatus {...props} />
        </div>
      </article>
      {page.newsletterOpen && !preview && <SubscribeBand words={words} page={path} />}
    </Document>
  );
}

/** Attributes of interface text inside a chapter, which may be in another language. */
const ownWords = ({ catalogue, words }: PageContext, { language }: Worded) =>
  interfaceWords(words.language, language ?? catalogue.manifest.language);

function ChapterHeader({ page, entry, now }: ChapterPageProps) {
  const { catalogue, words } = page;
  const { book, chapter } = entry;
  const own = ownWords(page, chapter);
  return (
    <header class="text-header">
      <p class="kicker">
        <a href={href.book(book.slug)} {...titleOf(book)}>
          {book.shortTitle}
        </a>{" "}
        <span class="kicker-number" {...own}>
          {words.chapter.number(numberOf(catalogue, entry))}
        </span>
      </p>
      <h1>
        <TitleLines title={chapter.title} />
      </h1>
      <p class="standfirst">{chapter.excerpt}</p>
      <Byline page={page} entry={entry} now={now} />
      <Needs page={page} entry={entry} />
    </header>
  );
}

function BookHeader({ page, entry, object, now }: ChapterPageProps) {
  const { book } = entry;
  const own = ownWords(page, entry.chapter);
  return (
    <header class="text-header book-header">
      <Cover shortTitle={book.shortTitle} cloth={book.cloth} language={book.language} ornament={object.cover} />
      <div>
        <h1>
          <TitleLines title={book.title} />
        </h1>
        <p class="standfirst">{book.blurb}</p>
        <Byline page={page} entry={entry} now={now} />
        <Needs page={page} entry={entry} />
        <p class="book-actions" {...own}>
          <continue-reading data-label={page.words.chapter.continue("{}")} />{" "}
          <a class="button" href={`#${pageIds.overview}`}>
            {page.words.chapter.startHere}
          </a>{" "}
          <span class="book-extent">
            <Extent page={page} book={book} withPlanned /> · <a href={href.feed(book.slug)}>{page.words.frame.feed}</a>
            <BookPages page={page} book={book} />
          </span>
        </p>
      </div>
    </header>
  );
}

/** Links to the pages that the library has about a book. */
function BookPages({ page: { catalogue, words }, book }: Pick<ChapterPageProps, "page"> & { readonly book: Book }) {
  const links = [
    book.notation !== undefined && { path: href.notation(book.slug), name: words.chapter.notation },
    book.index !== undefined && { path: href.index(book.slug), name: words.glossary.index },
    book.recall !== undefined && { path: href.recall(book.slug), name: words.recall.link },
    hasMap(catalogue, book) && { path: href.map(book.slug), name: words.map.map },
  ];
  return (
    <>
      {links.map(
        (link) =>
          link && (
            <>
              {" "}
              · <a href={link.path}>{link.name}</a>
            </>
          ),
      )}
    </>
  );
}

export const Byline = ({
  page,
  entry: { chapter, isOverview },
  now,
}: Pick<ChapterPageProps, "page" | "entry" | "now">) => (
  <>
    {areMany(chapter) && <ManyAuthors page={page} of={chapter} />}
    <p class="byline">
      {!areMany(chapter) && (
        <span class="authors" dir="auto">
          <AuthorNames page={page} of={chapter} />
        </span>
      )}{" "}
      {/* Together on one line: none of them is left over alone at the end of a phone's line. */}
      <span class="facts">
        {/* A draft has a mark instead of a date. */}
        {chapter.published !== undefined && <Day page={page} published={chapter.published} />}{" "}
        <LastChanges page={page} chapter={chapter} />{" "}
        {/* The header of a book states the length of the book, with its chapters. */}
        {!isOverview && <Minutes page={page} minutes={chapter.minutes} />}{" "}
        <UnpublishedMark page={page} chapter={chapter} now={now} />
      </span>
    </p>
  </>
);

/** From this many chapters on, a table of contents has titles only, in two columns. */
const manyChapters = 30;

const BookContents = ({ page, entry, now }: ChapterPageProps) => (
  <section
    class={entry.book.contents.length < manyChapters ? "book-contents" : "book-contents many"}
    aria-labelledby={reservedIds.contents}
  >
    <h2 id={reservedIds.contents} {...ownWords(page, entry.chapter)}>
      {page.words.chapter.contents}
    </h2>
    <ContentsList page={page} book={entry.book} now={now} withNeeds />
  </section>
);

/** Below the text: notation, references, and how to cite it. */
function Apparatus({ page, entry, object, preview }: ChapterPageProps) {
  const { symbols, references } = object;
  const words = page.words.chapter;
  const own = ownWords(page, entry.chapter);
  return (
    <div class="apparatus">
      {symbols.length > 0 && (
        <section aria-labelledby={reservedIds.notation}>
          <h2 id={reservedIds.notation} {...own}>
            {words.notation}
          </h2>
          <dl class="notation">
            {symbols.map(({ html, meaning, shape }) => (
              <div>
                <dt>{raw(html)}</dt>
                <dd>
                  <span>{raw(meaning)}</span> {shape !== undefined && <span class="shape">{raw(shape)}</span>}
                </dd>
              </div>
            ))}
          </dl>
          {entry.book.notation !== undefined && (
            <p class="apparatus-more" {...own}>
              <a href={href.notation(entry.book.slug)}>{words.allSymbols}</a>
            </p>
          )}
        </section>
      )}
      {references.length > 0 && (
        <section aria-labelledby={reservedIds.references}>
          <h2 id={reservedIds.references} {...own}>
            {words.references}
          </h2>
          <ol class="references">
            {references.map(({ key, html }) => (
              <li id={`ref-${key}`}>
                <bdi>{raw(html)}</bdi>
              </li>
            ))}
          </ol>
        </section>
      )}
      <Changes page={page} changes={object.changes} own={own} />
      <Citation page={page} entry={entry} hasMarkdown={!preview} />
    </div>
  );
}

/** How to cite the text, and how to take it along. */
function Citation({
  page,
  entry,
  hasMarkdown,
}: Pick<ChapterPageProps, "page" | "entry"> & { readonly hasMarkdown: boolean }) {
  const words = page.words.chapter;
  const own = ownWords(page, entry.chapter);
  const url = page.origin + entry.path;
  return (
    <>
      <details>
        <summary>
          <h2 id={reservedIds.cite} {...own}>
            {entry.isOverview ? words.citeOverview : words.citeChapter}
          </h2>
        </summary>
        <div class="listing" data-language="bibtex">
          <pre tabindex={0}>
            <code>{bibtexOf(entry, page.catalogue.manifest.title, url)}</code>
          </pre>
        </div>
      </details>
      {hasMarkdown && (
        <p {...own}>
          <a class="copy-markdown" href={markdownPath(entry)}>
            {words.copyMarkdown}
          </a>
        </p>
      )}
    </>
  );
}
