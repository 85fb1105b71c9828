/** The first page of the desk: what wants a decision, then how things go. */

import { href } from "../../routes.ts";
import { subscribersIn } from "../../subscribers/subscriber-counts.ts";
import { printedDay } from "../../ui/dates.ts";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { sourceName } from "../names.ts";
import { counted, printedCount, printedDifference } from "../numbers.ts";
import { isWithin, lastDays, lastMonths, recentMonths } from "../period.ts";
import { ChapterTable, chapterRows, type Order } from "../reading/chapter-table.tsx";
import { DaysChart } from "../reading/days-chart.tsx";
import { RankedList } from "../reading/ranked-list.tsx";
import { type Flow, fromOutside, isPage, sumOfDays } from "../reading/reading-figures.ts";
import { SizeChart } from "../subscribers/growth-chart.tsx";
import { fromBeginning, gained, growthOf, lost, sumOfChanges } from "../subscribers/growth-figures.ts";
import { ThisMonth, Today } from "./comparisons.tsx";
import { type Overview, recentDays } from "./overview.ts";
import { ProblemList, withCode } from "./problem-list.tsx";

interface OverviewPageProps {
  readonly page: DeskPageProps["page"];
  readonly overview: Overview;
  readonly isOpen: boolean;
  readonly order: Order;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What the author has just answered, if it is so. */
  readonly note: string | undefined;
}

export function OverviewPage({ page, overview, isOpen, order, now, note }: OverviewPageProps) {
  const { manifest, includesUnpublished } = page.catalogue;
  const { today, days, pages, clarity } = overview;
  const recent = lastDays(today, recentDays);
  const shown = days.filter(({ day }) => isWithin(day, recent));
  const views = sumOfDays(shown).views;
  const hasViews = [...pages.values()].some((page) => page.views > 0);
  const sources = sourcesOf(overview);
  return (
    <DeskPage page={page} title="Overview" section="Overview" lead={`${printedDay(today)}. Days are in UTC.`}>
      {note !== undefined && (
        <p class="form-note" role="status">
          {withCode(note)}
        </p>
      )}
      <ProblemList page={page} problems={overview.problems} isLocal={includesUnpublished} isOpen={isOpen} />
      <div class="pair">
        <Today overview={overview} />
        <ThisMonth overview={overview} />
      </div>
      <section>
        <h2>The last {recentDays} days</h2>
        {hasViews ? (
          <DaysChart id="days" title={`Views and reads, the last ${recentDays} days`} days={shown} />
        ) : (
          <p class="quiet">
            No views in the last {recentDays} days. Open a <a href={href.home()}>chapter</a> and it appears here within
            a minute.
          </p>
        )}
      </section>
      {(hasViews || clarity.length > 0) && (
        <section>
          <h2>Chapters</h2>
          <ChapterTable
            rows={chapterRows(manifest, pages, clarity, now)}
            order={order}
            hrefOf={(name) => `${href.desk()}?sort=${name}`}
            caption={`The last ${recentDays} days. A read lasts at least half the reading time and reaches half the text; a completion reaches the end. Answers to “Was this clear?” are all-time.`}
          />
        </section>
      )}
      <div class="pair">
        <section>
          <h2>Traffic sources</h2>
          <RankedList
            caption={`Of ${counted(views, "view")} in ${recentDays} days`}
            head="From"
            flows={sources}
            nameOf={(name) => (name === "/" ? "Internal navigation" : sourceName(manifest, name))}
            of={views}
            empty="When a reader follows a link from another site, its host name (and nothing more) appears here."
          />
        </section>
        <Subscribers overview={overview} isOpen={isOpen} />
      </div>
    </DeskPage>
  );
}

/** From outside one by one, and all pages of the library as one. */
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

function Subscribers({ overview, isOpen }: { readonly overview: Overview; readonly isOpen: boolean }) {
  const { subscribers, changes, today } = overview;
  const confirmed = subscribersIn(subscribers, ({ state }) => state === "confirmed");
  const pending = subscribersIn(subscribers, ({ state }) => state === "pending");
  const people = sumOfChanges(changes, (day) => isWithin(day, lastDays(today, recentDays)));
  const months = fromBeginning(growthOf(changes, lastMonths(today, recentMonths), confirmed));
  return (
    <section>
      <h2>Subscribers</h2>
      {confirmed + pending === 0 && !isOpen ? (
        <p class="quiet">The newsletter is off. The README explains how to turn it on.</p>
      ) : (
        <>
          <p class="figure-line">
            <strong>{printedCount(confirmed)}</strong> confirmed
          </p>
          <p>
            {printedDifference(gained(people) - lost(people))} in {recentDays} days: {printedCount(gained(people))}{" "}
            gained, {printedCount(lost(people))} lost.{" "}
            {pending > 0 && `${printedCount(pending)} awaiting confirmation.`}
          </p>
          {confirmed > 0 && <SizeChart id="size" months={months} />}
          <p>
            <a href={href.deskSubscribers()}>Subscriber growth by month</a>
          </p>
        </>
      )}
    </section>
  );
}
