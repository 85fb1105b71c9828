/** One chapter: its days, how far down it is read, where its readers come from and go, and what they say of it. */
import type { Chapter } from "../../library/manifest.ts";
import { href } from "../../routes.ts";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { Answers } from "../feedback/answer-list.tsx";
import type { Answer, ClarityCount } from "../feedback/feedback-queries.ts";
import { bookOfPage, pageName, sourceName } from "../names.ts";
import { counted, printedCount, printedMinutes, printedShare } from "../numbers.ts";
import { DaysChart } from "./days-chart.tsx";
import { DepthChart } from "./depth-chart.tsx";
import { RankedList } from "./ranked-list.tsx";
import {
  type DayFigures,
  type Figures,
  figuresFor,
  fromOutside,
  fromWithin,
  medianDepth,
  type PageFigures,
  wentTo,
} from "./reading-figures.ts";
import { type Span, Spans } from "./reading-page.tsx";

interface ChapterPageProps {
  readonly page: DeskPageProps["page"];
  /** As in library/counted-pages.ts. */
  readonly pageKey: string;
  /** As the release has it; what was taken back has none. */
  readonly chapter: Chapter | undefined;
  readonly span: Span;
  readonly days: readonly DayFigures[];
  readonly pages: PageFigures;
  readonly clarity: ClarityCount | undefined;
  /** The latest of them. */
  readonly answers: readonly Answer[];
}

export function ChapterPage({ page, pageKey, chapter, span, days, pages, clarity, answers }: ChapterPageProps) {
  const { manifest } = page.catalogue;
  const figures = figuresFor(pages, pageKey);
  const title = chapter?.title ?? pageKey;
  return (
    <DeskPage
      page={page}
      title={title}
      section="Reading"
      isBelow
      lead={`${bookOfPage(manifest, pageKey)}${chapter ? `, ${counted(chapter.minutes, "minute")} to read` : ", no longer published"}. Days are in UTC.`}
    >
      <Spans path={href.deskReading(pageKey)} span={span} />
      {figures.views === 0 ? (
        <p class="quiet">No views in this period.</p>
      ) : (
        <Readership page={page} pageKey={pageKey} chapter={chapter} days={days} pages={pages} />
      )}
      <Clarity page={page} pageKey={pageKey} clarity={clarity} answers={answers} />
    </DeskPage>
  );
}

type Readers = Pick<ChapterPageProps, "page" | "pageKey" | "chapter" | "days" | "pages">;

/** Of a page that has views. */
function Readership({ page, pageKey, chapter, days, pages }: Readers) {
  const { manifest } = page.catalogue;
  const figures = figuresFor(pages, pageKey);
  const outside = fromOutside(figures);
  const within = fromWithin(figures);
  const onward = wentTo(pages, pageKey);
  const ofPages = {
    head: "Page",
    nameOf: (key: string) => pageName(manifest, key),
    hrefOf: (key: string) => (key === "/" ? undefined : href.deskReading(key)),
    of: figures.views,
  };
  return (
    <>
      <Measures figures={figures} chapter={chapter} />
      <section>
        <h2>Views per day</h2>
        <DaysChart id="days" title={`Views and reads of ${chapter?.title ?? pageKey}`} days={days} />
      </section>
      <div class="pair">
        <section>
          <h2>Reading depth</h2>
          <DepthChart id="depth" figures={figures} />
        </section>
        <section>
          <h2>Referrers</h2>
          <RankedList
            caption="External"
            head="From"
            flows={outside}
            nameOf={(name) => sourceName(manifest, name)}
            of={figures.views}
            empty="All views came from other pages of the library."
          />
        </section>
      </div>
      <div class="pair">
        <section>
          <h2>From other pages of the library</h2>
          <RankedList caption="Previous page" flows={within} {...ofPages} empty="No views came from other pages." />
        </section>
        <section>
          <h2>Next pages</h2>
          <RankedList
            caption="Next page within the library"
            flows={onward}
            {...ofPages}
            empty="No one continued to another page of the library."
          />
        </section>
      </div>
    </>
  );
}

type Answered = Pick<ChapterPageProps, "page" | "pageKey" | "clarity" | "answers">;

const Clarity = ({ page, pageKey, clarity, answers }: Answered) => (
  <section>
    <h2>Was this clear?</h2>
    {clarity ? (
      <p class="figure-line">
        <strong>{printedCount(clarity.clear)}</strong> of {counted(clarity.clear + clarity.unclear, "answer")} (
        {printedShare(clarity.clear, clarity.clear + clarity.unclear)}) said yes, all time.
      </p>
    ) : (
      <p class="quiet">No answers. The question is at the end of each chapter.</p>
    )}
    <Answers page={page} answers={answers} isOfOnePage />
    {answers.length > 0 && (
      <p>
        <a href={`${href.deskFeedback()}?page=${encodeURIComponent(pageKey)}`}>All answers about this chapter</a>
      </p>
    )}
  </section>
);

/** Sums are all that is kept of time: a mean is what they give. */
function Measures({ figures, chapter }: { readonly figures: Figures; readonly chapter: Chapter | undefined }) {
  const { views, reads, finishes, seconds } = figures;
  const mean = seconds / views;
  const depth = medianDepth(figures);
  const facts: readonly (readonly [string, string, string])[] = [
    ["Views", printedCount(views), ""],
    ["Reads", printedCount(reads), `${printedShare(reads, views)} of views`],
    ["Completions", printedCount(finishes), `${printedShare(finishes, views)} of views`],
    [
      "Average time on page",
      printedMinutes(mean),
      chapter ? `${printedShare(mean, chapter.minutes * 60)} of the reading time` : "per view",
    ],
    ["Half of all views reached", `${printedCount(depth ?? 0)} %`, "of the text"],
  ];
  return (
    <dl class="measures">
      {facts.map(([name, value, more]) => (
        <div>
          <dt>{name}</dt>
          <dd>
            <strong>{value}</strong> <span>{more}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
