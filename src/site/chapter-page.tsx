/** A chapter, and a book's overview: a page of text with its contents beside it and its apparatus below. */
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { type Catalogue, contentsOf, neighbours, type Place, updateOf, withholdLinks } from "../library/catalogue.ts";
import { interfaceWords, titleOf, type Worded, wordsOf } from "../library/language.ts";
import type { ChapterObject } from "../library/objects.ts";
import { href } from "../routes.ts";
import { Cover } from "../ui/cover.tsx";
import { Document } from "../ui/document.tsx";
import { FeedbackForm } from "../ui/feedback-form.tsx";
import type { PageContext } from "../ui/page-context.ts";
import { SubscribeBand } from "../ui/subscribe-form.tsx";
import { bibtexOf } from "./bibtex.ts";
import { ContentsList, Day, extentOf, Minutes, Needs, shortTitle, UnpublishedMark, Updated } from "./chapter-lists.tsx";

interface ChapterPageProps {
  readonly page: PageContext;
  readonly place: Place;
  readonly object: ChapterObject;
  readonly now: number;
  readonly newsletterOpen: boolean;
  readonly feedbackOpen: boolean;
  /** Shown to whoever holds a link to it, before it is public: what the banner says, and where its mail is. */
  readonly preview?: { readonly words: string; readonly mail: string };
}

export function ChapterPage(props: ChapterPageProps) {
  const { page, place, object, newsletterOpen, feedbackOpen, preview } = props;
  const { catalogue } = page;
  const { book, chapter, path, isOverview } = place;
  return (
    <Document
      page={page}
      title={isOverview ? book.title : `${chapter.title} · ${book.shortTitle}`}
      description={chapter.excerpt}
      path={preview ? undefined : path}
      hasMaths={chapter.hasMaths}
      scripts={chapter.figures.flatMap((name) => catalogue.manifest.assets.figureScripts[name] ?? [])}
      book={book}
      markdown={preview ? undefined : href.markdown(book.slug, isOverview ? undefined : chapter.slug)}
    >
      {preview && (
        <p class="preview-banner">
          {preview.words} <a href={preview.mail}>View as email</a>
        </p>
      )}
      <article class={isOverview ? "reading overview" : "reading"} {...wordsOf(chapter)}>
        {isOverview ? <BookHeader {...props} /> : <ChapterHeader {...props} />}
        <PageContents {...props} />
        <div class="body">
          {raw(withholdLinks(catalogue, object.html))}
          {isOverview && <BookContents {...props} />}
          {feedbackOpen && <FeedbackForm page={path} words={interfaceWords(languageOf(catalogue, chapter))} />}
          <Apparatus {...props} />
        </div>
      </article>
      <Neighbours page={page} place={place} />
      {newsletterOpen && <SubscribeBand page={path} />}
    </Document>
  );
}

const languageOf = ({ manifest }: Catalogue, { language }: Worded): string => language ?? manifest.language;

function ChapterHeader({ page: { catalogue }, place, now }: ChapterPageProps) {
  const { book, chapter } = place;
  const own = interfaceWords(languageOf(catalogue, chapter));
  const number = contentsOf(catalogue, book).findIndex(({ entry }) => entry.slug === chapter.slug) + 1;
  return (
    <header class="text-header">
      <p class="kicker">
        <a href={href.book(book.slug)} {...titleOf(book)}>
          {book.shortTitle}
        </a>{" "}
        <span class="kicker-number" {...own}>
          Chapter {number}
        </span>
      </p>
      <h1>{chapter.title}</h1>
      <p class="standfirst">{chapter.excerpt}</p>
      <Byline place={place} now={now} />
      <Needs catalogue={catalogue} place={place} />
    </header>
  );
}

function BookHeader({ page: { catalogue }, place, object, now }: ChapterPageProps) {
  const { book } = place;
  const own = interfaceWords(languageOf(catalogue, place.chapter));
  return (
    <header class="text-header book-header">
      <Cover shortTitle={book.shortTitle} cloth={book.cloth} language={book.language} ornament={object.cover} />
      <div>
        <p class="kicker">
          <span {...own}>Book</span>{" "}
          <a class="kicker-number" href="#contents" {...own}>
            {extentOf(catalogue, book)}
          </a>
        </p>
        <h1>{book.title}</h1>
        <p class="standfirst">{book.blurb}</p>
        <Byline place={place} now={now} />
        <Needs catalogue={catalogue} place={place} />
      </div>
    </header>
  );
}

export const Byline = ({ place, now }: Pick<ChapterPageProps, "place" | "now">) => (
  <p class="byline">
    <span class="authors" dir="auto">
      {place.chapter.authors.join(", ")}
    </span>{" "}
    {/* A draft has a mark in place of its day. */}
    {place.chapter.published !== undefined && <Day published={place.chapter.published} />}{" "}
    <Updated at={updateOf(place.chapter)} /> <Minutes minutes={place.chapter.minutes} />{" "}
    <UnpublishedMark chapter={place.chapter} now={now} />
  </p>
);

/** Beside the text where there is room, above it where there is not. */
function PageContents({ page: { catalogue }, place, object }: ChapterPageProps) {
  const own = interfaceWords(languageOf(catalogue, place.chapter));
  const entries: { id: string; text: Child }[] = [
    ...object.headings.map(({ id, html }) => ({ id, text: raw(html) as unknown as Child })),
    ...(place.isOverview ? [{ id: "contents", text: "Chapters in this book" }] : []),
    ...(object.references.length > 0 ? [{ id: "references", text: "References" }] : []),
  ];
  if (entries.length < 2) return null;
  return (
    <nav class="page-contents" aria-labelledby="page-contents">
      <details>
        <summary id="page-contents" {...own}>
          <span>On this page</span>
        </summary>
        <ol>
          {entries.map(({ id, text }) => (
            <li>
              <a href={`#${id}`}>{text}</a>
            </li>
          ))}
        </ol>
      </details>
    </nav>
  );
}

const BookContents = ({ page: { catalogue }, place, now }: ChapterPageProps) => (
  <section class="book-contents" aria-labelledby="contents">
    <h2 id="contents" {...interfaceWords(languageOf(catalogue, place.chapter))}>
      Chapters in this book
    </h2>
    <ContentsList catalogue={catalogue} book={place.book} now={now} withNeeds />
  </section>
);

/** What stands below a text: its notation, its sources, and how to cite it. */
function Apparatus({ page: { catalogue, origin }, place, object }: ChapterPageProps) {
  const { symbols, references } = object;
  const own = interfaceWords(languageOf(catalogue, place.chapter));
  const url = origin + place.path;
  return (
    <div class="apparatus">
      {symbols.length > 0 && (
        <section aria-labelledby="notation">
          <h2 id="notation" {...own}>
            Notation
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
        </section>
      )}
      {references.length > 0 && (
        <section aria-labelledby="references">
          <h2 id="references" {...own}>
            References
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
      <section aria-labelledby="cite">
        <h2 id="cite" {...own}>
          Cite this {place.isOverview ? "overview" : "chapter"}
        </h2>
        <div class="listing" data-language="bibtex">
          <pre tabindex={0}>
            <code>{bibtexOf(place, catalogue.manifest.title, url)}</code>
          </pre>
        </div>
      </section>
    </div>
  );
}

function Neighbours({ page: { catalogue }, place }: Pick<ChapterPageProps, "page" | "place">) {
  const { previous, next } = neighbours(catalogue, place);
  const title = (to: Place) => (to.isOverview ? "Start here" : shortTitle(to.chapter.title));
  return (
    <nav class="neighbours" aria-label="Previous and next chapters" {...wordsOf(place.book)}>
      {previous ? (
        <a class="previous" href={previous.path} rel="prev">
          <span class="neighbour-word">Previous</span>{" "}
          <span class="neighbour-title" {...titleOf(previous.chapter)}>
            {title(previous)}
          </span>
        </a>
      ) : (
        <a class="previous" href={href.home()}>
          <span class="neighbour-word">Back to</span> <span class="neighbour-title">The library</span>
        </a>
      )}{" "}
      {next ? (
        <a class="next" href={next.path} rel="next">
          <span class="neighbour-word">Next</span>{" "}
          <span class="neighbour-title" {...titleOf(next.chapter)}>
            {title(next)}
          </span>
        </a>
      ) : (
        <a class="next" href={`${href.book(place.book.slug)}#contents`}>
          <span class="neighbour-word">Last chapter so far</span>{" "}
          <span class="neighbour-title">All chapters in this book</span>
        </a>
      )}
    </nav>
  );
}
