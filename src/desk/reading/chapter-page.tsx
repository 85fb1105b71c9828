/** Renders a chapter's statistics: daily views, reading depth, referrers, previous and next pages, and feedback. */
import { wordsOf } from "../../library/language.ts";
import type { Chapter } from "../../library/manifest.ts";
import { href } from "../../routes.ts";
import { isoDay } from "../../ui/dates.ts";
import type { Words } from "../../ui/words/words.ts";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { Answers } from "../feedback/answer-list.tsx";
import type { Answer, ClarityCount } from "../feedback/feedback-queries.ts";
import { bookOfPage, pageName, sourceName } from "../names.ts";
import { printedMinutes, printedShare } from "../numbers.ts";
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
  /** Undefined if the release no longer has it. */
  readonly chapter: Chapter | undefined;
  readonly span: Span;
  readonly days: readonly DayFigures[];
  readonly pages: PageFigures;
  readonly clarity: ClarityCount | undefined;
  /** The latest answers only. */
  readonly answers: readonly Answer[];
}

export function ChapterPage({ page, pageKey, chapter, span, days, pages, clarity, answers }: ChapterPageProps) {
  const { desk } = page.words;
  const book = bookOfPage(page.catalogue.manifest, pageKey);
  const figures = figuresFor(pages, pageKey);
  const title = chapter?.title ?? pageKey;
  return (
    <DeskPage
      page={page}
      title={title}
      section="reading"
      isBelow
      lead={chapter ? desk.chapter.lead(book, chapter.minutes) : desk.chapter.leadUnpublished(book)}
    >
      <Spans words={desk} path={href.deskReading(pageKey)} span={span} />
      {figures.views === 0 ? (
        <p class="quiet">{desk.chapter.noViews}</p>
      ) : (
        <Readership page={page} pageKey={pageKey} chapter={chapter} days={days} pages={pages} />
      )}
      <Clarity page={page} pageKey={pageKey} clarity={clarity} answers={answers} />
      <DeclaredChanges page={page} chapter={chapter} />
    </DeskPage>
  );
}

type Readers = Pick<ChapterPageProps, "page" | "pageKey" | "chapter" | "days" | "pages">;

/** For a page with views. */
function Readership({ page, pageKey, chapter, days, pages }: Readers) {
  const { desk } = page.words;
  const words = desk.chapter;
  const figures = figuresFor(pages, pageKey);
  const outside = fromOutside(figures);
  const within = fromWithin(figures);
  const onward = wentTo(pages, pageKey);
  const ofPages = {
    words: desk,
    head: words.page,
    nameOf: (key: string) => pageName(page, key),
    hrefOf: (key: string) => (key === "/" ? undefined : href.deskReading(key)),
    of: figures.views,
  };
  return (
    <>
      <Measures words={desk} figures={figures} chapter={chapter} />
      <section>
        <h2>{words.daily}</h2>
        <DaysChart words={desk} id="days" title={words.dailyChart(chapter?.title ?? pageKey)} days={days} />
      </section>
      <div class="pair">
        <section>
          <h2>{desk.depthChart.title}</h2>
          <DepthChart words={desk} id="depth" figures={figures} />
        </section>
        <section>
          <h2>{words.referrers}</h2>
          <RankedList
            words={desk}
            caption={words.external}
            head={words.from}
            flows={outside}
            nameOf={(name) => sourceName(page, name)}
            of={figures.views}
            empty={words.noReferrers}
          />
        </section>
      </div>
      <div class="pair">
        <section>
          <h2>{words.previous}</h2>
          <RankedList caption={words.previousCaption} flows={within} {...ofPages} empty={words.noPrevious} />
        </section>
        <section>
          <h2>{words.next}</h2>
          <RankedList caption={words.nextCaption} flows={onward} {...ofPages} empty={words.noNext} />
        </section>
      </div>
    </>
  );
}

type Answered = Pick<ChapterPageProps, "page" | "pageKey" | "clarity" | "answers">;

const Clarity = ({ page, pageKey, clarity, answers }: Answered) => (
  <section>
    <h2>{page.words.feedback.question}</h2>
    {clarity ? (
      <p class="figure-line">
        {page.words.desk.chapter.saidYes(
          clarity.clear,
          clarity.clear + clarity.unclear,
          printedShare(page.words.desk.numbers, clarity.clear, clarity.clear + clarity.unclear),
          (text) => (
            <strong>{text}</strong>
          ),
        )}
      </p>
    ) : (
      <p class="quiet">{page.words.desk.chapter.noAnswers}</p>
    )}
    <Answers page={page} answers={answers} isOfOnePage />
    {answers.length > 0 && (
      <p>
        <a href={`${href.deskFeedback()}?page=${encodeURIComponent(pageKey)}`}>{page.words.desk.chapter.allAnswers}</a>
      </p>
    )}
  </section>
);

/** So that a drop or a rise in the charts can be explained. */
function DeclaredChanges({ page: { words }, chapter }: Pick<ChapterPageProps, "page" | "chapter">) {
  const changes = chapter?.changes ?? [];
  if (changes.length === 0) return null;
  return (
    <section>
      <h2>{words.desk.chapter.changes(changes.length, changes.filter(({ correction }) => correction).length)}</h2>
      <ul class="changes">
        {changes.map(({ at, text, correction }) => (
          <li>
            <span class="quiet">
              {(correction ? words.chapter.correctedOn : words.chapter.changedOn)(
                <time datetime={isoDay(at)}>{words.dates.day(at)}</time>,
              )}
            </span>{" "}
            <span {...wordsOf(chapter ?? {})}>{text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface MeasuresProps extends Pick<ChapterPageProps, "chapter"> {
  readonly words: Words["desk"];
  readonly figures: Figures;
}

/** Only sums of time are stored, so the average is all that can be shown. */
function Measures({ words: { numbers, measures, chapter: words }, figures, chapter }: MeasuresProps) {
  const { views, reads, finishes, seconds } = figures;
  const mean = seconds / views;
  const depth = medianDepth(figures);
  const facts: readonly (readonly [string, string, string])[] = [
    [measures.views, numbers.count(views), ""],
    [measures.reads, numbers.count(reads), words.ofViews(printedShare(numbers, reads, views))],
    [measures.completions, numbers.count(finishes), words.ofViews(printedShare(numbers, finishes, views))],
    [
      words.averageTime,
      printedMinutes(numbers, mean),
      chapter ? words.ofReadingTime(printedShare(numbers, mean, chapter.minutes * 60)) : words.perView,
    ],
    [words.halfReached, words.depth(depth ?? 0), words.ofText],
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
