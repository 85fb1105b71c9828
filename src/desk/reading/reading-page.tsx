/** How the library is read: the days, and the way through each book. */
import { homePage } from "../../library/counted-pages.ts";
import type { Book, Manifest } from "../../library/manifest.ts";
import { href } from "../../routes.ts";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { chaptersOf } from "../names.ts";
import { counted, printedCount, printedShare } from "../numbers.ts";
import { DaysChart } from "./days-chart.tsx";
import { FunnelChart, stagesOf } from "./funnel-chart.tsx";
import { type DayFigures, figuresFor, type PageFigures, sumOfDays } from "./reading-figures.ts";

/** In days; the longest are whole weeks. */
export const spans = [30, 90, 364] as const;
export type Span = (typeof spans)[number];

const spanNames: Readonly<Record<Span, string>> = { 30: "30 days", 90: "90 days", 364: "52 weeks" };

/** `path` with that span; the shortest is the usual one. */
const withSpan = (path: string, span: Span): string => (span === 30 ? path : `${path}?days=${span}`);

export const Spans = ({ path, span }: { readonly path: string; readonly span: Span }) => (
  <nav class="choices" aria-label="Period">
    {spans.map((each) => (
      <>
        <a href={withSpan(path, each)} aria-current={each === span ? "true" : undefined}>
          {spanNames[each]}
        </a>{" "}
      </>
    ))}
  </nav>
);

interface ReadingPageProps {
  readonly page: DeskPageProps["page"];
  readonly span: Span;
  readonly days: readonly DayFigures[];
  readonly pages: PageFigures;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function ReadingPage({ page, span, days, pages, now }: ReadingPageProps) {
  const { manifest } = page.catalogue;
  const total = sumOfDays(days);
  const atHome = figuresFor(pages, homePage).views;
  return (
    <DeskPage
      page={page}
      title="Reading"
      section="Reading"
      lead="Views are counted on the server. Reads, completions and depth come from the page's script, so a reader without JavaScript counts only as a view. Days are in UTC."
    >
      <Spans path={href.deskReading()} span={span} />
      <section>
        <h2>All pages</h2>
        {total.views === 0 ? (
          <p class="quiet">
            No views in this period. A view appears here within a minute; your own visits count too, unless your browser
            sends Do Not Track.
          </p>
        ) : (
          <>
            <p class="figure-line">
              <strong>{printedCount(total.views)}</strong> views, <strong>{printedCount(total.reads)}</strong> reads (
              {printedShare(total.reads, total.views - atHome)}
              {atHome > 0 && " of chapters' views"}), <strong>{printedCount(total.finishes)}</strong> completions
            </p>
            {atHome > 0 && (
              <p class="quiet">{`${counted(atHome, "view")} of the home page included: it has no text to read through.`}</p>
            )}
            <DaysChart id="days" title="Views and reads of all pages" days={days} />
          </>
        )}
      </section>
      {manifest.books.map((book) => (
        <Way manifest={manifest} book={book} pages={pages} now={now} />
      ))}
    </DeskPage>
  );
}

interface WayProps extends Pick<ReadingPageProps, "pages" | "now"> {
  readonly manifest: Manifest;
  readonly book: Book;
}

function Way({ manifest, book, pages, now }: WayProps) {
  const chapters = chaptersOf(manifest, book).filter(
    ({ key, chapter }) => pages.has(key) || (chapter.published !== undefined && Date.parse(chapter.published) <= now),
  );
  const isRead = chapters.some(({ key }) => figuresFor(pages, key).views > 0);
  return (
    <section class="way">
      <h2>Reading funnel: {book.shortTitle}</h2>
      {isRead ? (
        <>
          <FunnelChart id={`way-${book.slug}`} book={book.shortTitle} stages={stagesOf(chapters, pages)} />
          <p class="chapter-links">
            <span class="quiet">By chapter:</span>{" "}
            {chapters.map(({ key, chapter }) => (
              <a href={href.deskReading(key)}>{chapter.title}</a>
            ))}
          </p>
        </>
      ) : (
        <p class="quiet">
          {chapters.length === 0
            ? "No chapter of this book is published yet."
            : "No chapter of this book was viewed in this period. Once there are views, you can see here how far readers get."}
        </p>
      )}
    </section>
  );
}
