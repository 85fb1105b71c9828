/** Renders the map of the library or of a book, and above it the shortest way to a chapter. */
import type { CatalogueEntry } from "../../library/catalogue.ts";
import { titleOf } from "../../library/language.ts";
import type { Book } from "../../library/manifest.ts";
import type { MapObject } from "../../library/objects.ts";
import { reservedIds } from "../../library/page-ids.ts";
import { hasMap, publicWayTo } from "../../library/prerequisites.ts";
import { href } from "../../routes.ts";
import { Document } from "../../ui/document.tsx";
import type { PageContext } from "../../ui/page-context.ts";
import { shortTitle } from "../chapter-lists.tsx";
import { BookChoice } from "../glossary/book-choice.tsx";
import { ChapterMap } from "./chapter-map.tsx";
import { drawingsOf, textsOnMap } from "./map-texts.ts";
import { Way } from "./way.tsx";
import { WayForm } from "./way-form.tsx";

export interface MapQuery {
  readonly book: Book | undefined;
  /** The text to which the reader wants the way. "unknown" if there is none, or it is not public. */
  readonly to: CatalogueEntry | "unknown" | undefined;
}

interface MapPageProps {
  readonly page: PageContext;
  readonly query: MapQuery;
  /** The drawings of the map, if there are any. */
  readonly object: MapObject | undefined;
}

export function MapPage({ page, query: { book, to }, object }: MapPageProps) {
  const words = page.words.map;
  const target = to === "unknown" ? undefined : to;
  const way = target ? publicWayTo(page.catalogue, target.path) : [];
  const title = target
    ? words.way(target.isOverview ? target.book.shortTitle : shortTitle(target.chapter.title))
    : book
      ? words.titleOf(book.shortTitle)
      : words.title;
  return (
    <Document
      page={page}
      title={title}
      description={words.description(page.catalogue.manifest.title)}
      path={href.map()}
      book={book}
      styles={[page.catalogue.manifest.assets.companionsStyle]}
    >
      <div class="map-page">
        <h1>{title}</h1>
        {to === "unknown" && <p class="map-what">{words.unknown}</p>}
        {target && <Way page={page} way={way} />}
        {target && <h2 class="map-heading">{words.onMap}</h2>}
        <Maps page={page} book={book} object={object} way={way} />
        <WayForm page={page} book={book} to={target} />
      </div>
    </Document>
  );
}

/** Of more texts, a page would be too long. */
const maxTexts = 300;

interface MapsProps extends Pick<MapPageProps, "page" | "object"> {
  readonly book: Book | undefined;
  readonly way: readonly CatalogueEntry[];
}

function Maps({ page, book, object, way }: MapsProps) {
  const { catalogue, words } = page;
  const texts = textsOnMap(catalogue, book);
  if (texts.length === 0) return <p>{words.home.empty}</p>;
  if (!hasMap(catalogue, book)) return <p class="map-what">{words.map.anyOrder}</p>;
  if (texts.length > maxTexts) return <TooLarge page={page} book={book} />;
  const drawings = object && drawingsOf(object, texts);
  const onWay = new Set(way.map(({ path }) => path));
  return (
    <>
      <p class="map-what">{words.map.introduction}</p>
      <MapChoice page={page} current={book} />
      <div class="maps">
        {drawings?.map((drawing) => {
          const places = new Set(drawing.places.map(([path]) => path));
          const own = texts.filter(({ path }) => places.has(path));
          return <ChapterMap page={page} texts={own} drawing={drawing} way={onWay} />;
        }) ?? <ChapterMap page={page} texts={texts} drawing={undefined} way={onWay} />}
      </div>
    </>
  );
}

/** The books, or the table of contents of the book, which has the prerequisites of each chapter. */
function TooLarge({ page: { catalogue, words }, book }: Pick<MapsProps, "page" | "book">) {
  if (book === undefined) {
    const books = catalogue.books.filter((one) => hasMap(catalogue, one));
    return (
      <div class="map-books">
        <BookChoice books={books} label={words.map.tooLarge} pathOf={href.map} />
      </div>
    );
  }
  return (
    <p class="map-what">
      {words.map.bookTooLarge}{" "}
      <a href={`${href.book(book.slug)}#${reservedIds.contents}`} {...titleOf(book)}>
        {book.title}
      </a>
    </p>
  );
}

/** More books are chosen on their own pages. */
const maxChoice = 8;

function MapChoice({ page: { catalogue, words }, current }: { page: PageContext; current: Book | undefined }) {
  const books = catalogue.books.filter((book) => hasMap(catalogue, book));
  if (catalogue.books.length < 2 || books.length > maxChoice) return null;
  return (
    <nav class="view-links map-choice" aria-label={words.map.choice}>
      <a href={href.map()} aria-current={current ? undefined : "page"}>
        {words.map.allBooks}
      </a>{" "}
      {books.map((book) => (
        <>
          <a
            href={href.map(book.slug)}
            aria-current={book === current ? "page" : undefined}
            data-cloth={book.cloth}
            {...titleOf(book)}
          >
            {book.shortTitle}
          </a>{" "}
        </>
      ))}
    </nav>
  );
}
