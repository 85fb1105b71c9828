/** Renders how the library is read: daily views, and the funnel of each book. */
import { spans } from "../../db/reading-days.ts";
import { homePage } from "../../library/counted-pages.ts";
import type { Book } from "../../library/manifest.ts";
import { href } from "../../routes.ts";
import type { Words } from "../../ui/words/words.ts";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { chaptersOf } from "../names.ts";
import { printedShare } from "../numbers.ts";
import { DaysChart } from "./days-chart.tsx";
import { FunnelChart, stagesOf } from "./funnel-chart.tsx";
import { MissedWords } from "./missed-words.tsx";
import { type DayFigures, figuresFor, type PageFigures, sumOfDays } from "./reading-figures.ts";
import type { MissedWord } from "./reading-queries.ts";

export type Span = (typeof spans)[number];

/** `path` for a span; the shortest span is the default. */
const withSpan = (path: string, span: Span): string => (span === 30 ? path : `${path}?days=${span}`);

interface SpansProps {
  readonly words: Words["desk"];
  readonly path: string;
  readonly span: Span;
}

export const Spans = ({ words: { reading }, path, span }: SpansProps) => (
  <nav class="choices" aria-label={reading.period}>
    {spans.map((each) => (
      <>
        <a href={withSpan(path, each)} aria-current={each === span ? "true" : undefined}>
          {reading.spans[each]}
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
  readonly missed: readonly MissedWord[];
  readonly countsSearches: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function ReadingPage({ page, span, days, pages, missed, countsSearches, now }: ReadingPageProps) {
  const { desk } = page.words;
  const words = desk.reading;
  const total = sumOfDays(days);
  const atHome = figuresFor(pages, homePage).views;
  return (
    <DeskPage page={page} title={desk.frame.sections.reading} section="reading" lead={words.lead}>
      <Spans words={desk} path={href.deskReading()} span={span} />
      <section>
        <h2>{words.all}</h2>
        {total.views === 0 ? (
          <p class="quiet">{words.noViewsYet}</p>
        ) : (
          <>
            <p class="figure-line">
              {words.totals(
                total.views,
                total.reads,
                printedShare(desk.numbers, total.reads, total.views - atHome),
                atHome > 0,
                total.finishes,
                (text) => (
                  <strong>{text}</strong>
                ),
              )}
            </p>
            {atHome > 0 && <p class="quiet">{words.atHome(atHome)}</p>}
            <DaysChart words={desk} id="days" title={words.allChart} days={days} />
          </>
        )}
      </section>
      {page.catalogue.manifest.books.map((book) => (
        <Way page={page} book={book} pages={pages} now={now} />
      ))}
      <MissedWords words={desk} missed={missed} isCounted={countsSearches} />
    </DeskPage>
  );
}

interface WayProps extends Pick<ReadingPageProps, "page" | "pages" | "now"> {
  readonly book: Book;
}

function Way({ page, book, pages, now }: WayProps) {
  const { desk } = page.words;
  const chapters = chaptersOf(page.catalogue.manifest, book).filter(
    ({ key, chapter }) => pages.has(key) || (chapter.published !== undefined && Date.parse(chapter.published) <= now),
  );
  const isRead = chapters.some(({ key }) => figuresFor(pages, key).views > 0);
  return (
    <section class="way">
      <h2>{desk.funnel.title(book.shortTitle)}</h2>
      {isRead ? (
        <>
          <FunnelChart words={desk} id={`way-${book.slug}`} book={book.shortTitle} stages={stagesOf(chapters, pages)} />
          <p class="chapter-links">
            <span class="quiet">{desk.reading.byChapter}</span>{" "}
            {chapters.map(({ key, chapter }) => (
              <a href={href.deskReading(key)}>{chapter.title}</a>
            ))}
          </p>
        </>
      ) : (
        <p class="quiet">{chapters.length === 0 ? desk.reading.nothingPublished : desk.reading.notViewed}</p>
      )}
    </section>
  );
}
