/** Renders the desk's first page: how yesterday was, what needs attention, the last weeks, and the chapters. */
import { iso } from "../../db/database.ts";
import { fileOfPlace } from "../../library/chapter-place.ts";
import { href } from "../../routes.ts";
import { subscribersIn } from "../../subscribers/subscriber-counts.ts";
import type { Words } from "../../ui/words/words.ts";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { sourceName } from "../names.ts";
import { addDays, daysOf, isWithin, lastDays } from "../period.ts";
import type { ChapterAnswer } from "../questions/chapter-questions.ts";
import { ChapterTable, chapterRows, mostViewedRows, type Order } from "../reading/chapter-table.tsx";
import { RankedList } from "../reading/ranked-list.tsx";
import { type Flow, fromOutside, isPage, sumOfDays } from "../reading/reading-figures.ts";
import { ThisMonth, Yesterday } from "./comparisons.tsx";
import { daySentence } from "./day-sentence.ts";
import { chaptersShown, type Overview, recentDays } from "./overview.ts";
import { ProblemList } from "./problem-list.tsx";
import { SmallMultiples } from "./small-multiples.tsx";

interface OverviewPageProps {
  readonly page: DeskPageProps["page"];
  readonly overview: Overview;
  readonly isOpen: boolean;
  /** Undefined: only the most viewed chapters. */
  readonly order: Order | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The answer just given, to be confirmed on the page. */
  readonly answered: ChapterAnswer | undefined;
}

export function OverviewPage(props: OverviewPageProps) {
  const { page, overview, isOpen, now, answered } = props;
  const { includesUnpublished } = page.catalogue;
  const { desk } = page.words;
  const hasNewsletter = isOpen || subscribersIn(overview.subscribers, () => true) > 0;
  const hasCounts =
    overview.changes.length > 0 ||
    overview.days.some(({ views }) => views > 0) ||
    overview.weeks.some(({ delivered = 0 }) => delivered > 0);
  return (
    <DeskPage page={page} title={desk.frame.sections.overview} section="overview" lead={desk.dates.moment(iso(now))}>
      <p class="day-sentence">{sentenceOf(desk, overview, hasNewsletter)}</p>
      {answered && <AnswerNote words={desk} answered={answered} />}
      <ProblemList page={page} problems={overview.problems} isLocal={includesUnpublished} isOpen={isOpen} />
      {hasCounts && <SmallMultiples words={desk} weeks={overview.weeks} hasNewsletter={hasNewsletter} />}
      <Chapters {...props} />
      <div class="pair">
        {hasCounts && (
          <div class="comparisons">
            <Yesterday words={desk} overview={overview} now={now} />
            <ThisMonth words={desk} overview={overview} />
          </div>
        )}
        <Sources page={page} overview={overview} />
      </div>
    </DeskPage>
  );
}

function sentenceOf(words: Words["desk"], overview: Overview, hasNewsletter: boolean): string {
  const { days, today, subscribers, homeViewsYesterday, problems } = overview;
  const of = (day: string) => sumOfDays(days.filter((each) => each.day === day));
  const { views, reads } = of(addDays(today, -1));
  return daySentence(words, {
    viewsYesterday: views,
    readsYesterday: reads,
    homeViewsYesterday,
    viewsToday: of(today).views,
    hadViews: days.some((day) => day.views > 0),
    subscribers: hasNewsletter ? subscribersIn(subscribers, ({ state }) => state === "confirmed") : undefined,
    problems,
  });
}

function Chapters({ page, overview, order, now }: OverviewPageProps) {
  const { desk, feedback } = page.words;
  const words = desk.overview;
  const { pages, clarity, trends } = overview;
  const hasViews = [...pages.values()].some(({ views }) => views > 0);
  const rows = chapterRows(page, pages, clarity, now);
  const isShort = order === undefined && rows.length > chaptersShown;
  return (
    <section>
      <h2>{words.chapters}</h2>
      {hasViews || clarity.length > 0 ? (
        <>
          <ChapterTable
            words={desk}
            rows={isShort ? mostViewedRows(rows, trends) : rows}
            order={order ?? "views"}
            hrefOf={(name) => `${href.desk()}?sort=${name}`}
            trends={
              order === undefined ? { of: trends, days: daysOf(lastDays(overview.today, recentDays)) } : undefined
            }
            caption={words.chaptersCaption(recentDays, feedback.question)}
          />
          {isShort && (
            <p>
              <a href={`${href.desk()}?sort=views#chapters`}>{words.allPages(rows.length)}</a>
            </p>
          )}
        </>
      ) : (
        <p class="quiet">
          {words.noViews(recentDays, (text) => (
            <a href={href.home()}>{text}</a>
          ))}
        </p>
      )}
    </section>
  );
}

interface AnswerNoteProps {
  readonly words: Words["desk"];
  readonly answered: ChapterAnswer;
}

/** Confirms the answer and names the remaining step. */
const AnswerNote = ({ words: { questions }, answered: { place, answer } }: AnswerNoteProps) => (
  <p class="form-note" role="status">
    {answer === "new"
      ? questions.doneNew(place)
      : questions.doneMoved(place, answer, <code>{`id: ${answer}`}</code>, fileOfPlace(place))}
  </p>
);

function Sources({ page, overview }: Pick<OverviewPageProps, "page" | "overview">) {
  const { desk } = page.words;
  const words = desk.overview;
  const { views } = sumOfDays(overview.days.filter(({ day }) => isWithin(day, lastDays(overview.today, recentDays))));
  return (
    <section>
      <h2>{words.sources}</h2>
      <RankedList
        words={desk}
        caption={words.sourcesCaption(views, recentDays)}
        head={words.from}
        flows={sourcesOf(overview)}
        nameOf={(name) => (name === "/" ? desk.names.sources.internal : sourceName(page, name))}
        of={views}
        empty={words.noSources}
      />
    </section>
  );
}

/** External sources one by one; all internal pages as one. */
function sourcesOf({ pages }: Overview): Flow[] {
  const all = new Map<string, number>();
  for (const { sources } of pages.values()) {
    for (const [name, count] of sources) {
      const key = isPage(name) ? "/" : name;
      all.set(key, (all.get(key) ?? 0) + count);
    }
  }
  const within = all.get("/") ?? 0;
  all.delete("/");
  const flows = fromOutside({ sources: all });
  return within > 0 ? [...flows, { name: "/", count: within }].sort((a, b) => b.count - a.count) : flows;
}
