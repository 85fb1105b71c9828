/** Renders the desk's first page: what needs attention, then the key figures. */
import { fileOfPlace } from "../../library/chapter-place.ts";
import { href } from "../../routes.ts";
import { subscribersIn } from "../../subscribers/subscriber-counts.ts";
import type { Words } from "../../ui/words/words.ts";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { sourceName } from "../names.ts";
import { printedDifference } from "../numbers.ts";
import { isWithin, lastDays, lastMonths, recentMonths } from "../period.ts";
import type { ChapterAnswer } from "../questions/chapter-questions.ts";
import { ChapterTable, chapterRows, type Order } from "../reading/chapter-table.tsx";
import { DaysChart } from "../reading/days-chart.tsx";
import { RankedList } from "../reading/ranked-list.tsx";
import { type Flow, fromOutside, isPage, sumOfDays } from "../reading/reading-figures.ts";
import { SizeChart } from "../subscribers/growth-chart.tsx";
import { fromBeginning, gained, growthOf, lost, sumOfChanges } from "../subscribers/growth-figures.ts";
import { ThisMonth, Today } from "./comparisons.tsx";
import { type Overview, recentDays } from "./overview.ts";
import { ProblemList } from "./problem-list.tsx";

interface OverviewPageProps {
  readonly page: DeskPageProps["page"];
  readonly overview: Overview;
  readonly isOpen: boolean;
  readonly order: Order;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The answer just given, to be confirmed on the page. */
  readonly answered: ChapterAnswer | undefined;
}

export function OverviewPage({ page, overview, isOpen, order, now, answered }: OverviewPageProps) {
  const { includesUnpublished } = page.catalogue;
  const { desk, dates, feedback } = page.words;
  const words = desk.overview;
  const { today, days, pages, clarity } = overview;
  const recent = lastDays(today, recentDays);
  const shown = days.filter(({ day }) => isWithin(day, recent));
  const hasViews = [...pages.values()].some((page) => page.views > 0);
  return (
    <DeskPage page={page} title={desk.frame.sections.overview} section="overview" lead={words.lead(dates.day(today))}>
      {answered && <AnswerNote words={desk} answered={answered} />}
      <ProblemList page={page} problems={overview.problems} isLocal={includesUnpublished} isOpen={isOpen} />
      <div class="pair">
        <Today words={desk} overview={overview} />
        <ThisMonth words={desk} overview={overview} />
      </div>
      <section>
        <h2>{words.lastDays(recentDays)}</h2>
        {hasViews ? (
          <DaysChart words={desk} id="days" title={words.lastDaysChart(recentDays)} days={shown} />
        ) : (
          <p class="quiet">
            {words.noViews(recentDays, (text) => (
              <a href={href.home()}>{text}</a>
            ))}
          </p>
        )}
      </section>
      {(hasViews || clarity.length > 0) && (
        <section>
          <h2>{words.chapters}</h2>
          <ChapterTable
            words={desk}
            rows={chapterRows(page, pages, clarity, now)}
            order={order}
            hrefOf={(name) => `${href.desk()}?sort=${name}`}
            caption={words.chaptersCaption(recentDays, feedback.question)}
          />
        </section>
      )}
      <div class="pair">
        <Sources page={page} overview={overview} views={sumOfDays(shown).views} />
        <Subscribers words={desk} overview={overview} isOpen={isOpen} />
      </div>
    </DeskPage>
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

interface SourcesProps extends Pick<OverviewPageProps, "page" | "overview"> {
  /** Total that the shares refer to. */
  readonly views: number;
}

function Sources({ page, overview, views }: SourcesProps) {
  const { desk } = page.words;
  const words = desk.overview;
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

interface SubscribersProps extends Pick<OverviewPageProps, "overview" | "isOpen"> {
  readonly words: Words["desk"];
}

function Subscribers({ words: desk, overview, isOpen }: SubscribersProps) {
  const words = desk.overview;
  const { subscribers, changes, today } = overview;
  const confirmed = subscribersIn(subscribers, ({ state }) => state === "confirmed");
  const pending = subscribersIn(subscribers, ({ state }) => state === "pending");
  const people = sumOfChanges(changes, (day) => isWithin(day, lastDays(today, recentDays)));
  const months = fromBeginning(growthOf(changes, lastMonths(today, recentMonths), confirmed));
  return (
    <section>
      <h2>{words.subscribers}</h2>
      {confirmed + pending === 0 && !isOpen ? (
        <p class="quiet">{words.newsletterOff}</p>
      ) : (
        <>
          <p class="figure-line">
            {words.confirmed(confirmed, (text) => (
              <strong>{text}</strong>
            ))}
          </p>
          <p>
            {words.recentChange(
              printedDifference(desk.numbers, gained(people) - lost(people)),
              recentDays,
              gained(people),
              lost(people),
            )}{" "}
            {pending > 0 && words.pending(pending)}
          </p>
          {confirmed > 0 && <SizeChart words={desk} id="size" months={months} />}
          <p>
            <a href={href.deskSubscribers()}>{words.growth}</a>
          </p>
        </>
      )}
    </section>
  );
}
