/** Renders the calendar: scheduled chapters by month, drafts, and recent publications. */
import type { Child } from "hono/jsx";
import { previewDays } from "../../http/preview-links.ts";
import type { CatalogueEntry } from "../../library/catalogue.ts";
import { isolated } from "../../library/language.ts";
import { href } from "../../routes.ts";
import { isoDay } from "../../ui/dates.ts";
import type { Words } from "../../ui/words/words.ts";
import { ActForm } from "../act-form.tsx";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { entryName } from "../entry-name.ts";
import { type Calendar, recentDays, type ScheduledChapter } from "./calendar.ts";

interface CalendarPageProps {
  readonly page: DeskPageProps["page"];
  readonly calendar: Calendar;
  /** Whether chapters are emailed. */
  readonly newsletterOpen: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Date of the example in the empty state: in the future, so that the line can be copied unchanged. */
const nextWeek = (now: number): string => `${isoDay(new Date(now + 7 * 86_400_000).toISOString())}T08:00:00Z`;

export function CalendarPage({ page, calendar, newsletterOpen, now }: CalendarPageProps) {
  const { scheduled, drafts, recent } = calendar;
  const { desk } = page.words;
  const words = desk.calendar;
  const months = Map.groupBy(scheduled, ({ at }) => desk.dates.month(at));
  return (
    <DeskPage page={page} title={desk.frame.sections.calendar} section="calendar" lead={words.lead}>
      {scheduled.length === 0 && (
        <section aria-labelledby="scheduled">
          <h2 id="scheduled">{words.nothing}</h2>
          <p class="quiet">
            {words.nothingWords(`published: ${nextWeek(now)}`, newsletterOpen, (text) => (
              <code>{text}</code>
            ))}
          </p>
        </section>
      )}
      {[...months].map(([month, chapters]) => (
        <section aria-label={month}>
          <h2>{month}</h2>
          <ol class="agenda">
            {chapters.map((chapter) => (
              <ScheduledEntry page={page} chapter={chapter} newsletterOpen={newsletterOpen} />
            ))}
          </ol>
        </section>
      ))}
      <Drafts page={page} drafts={drafts} />
      {recent.length > 0 && (
        <section aria-labelledby="recent">
          <h2 id="recent">{words.recent(recentDays)}</h2>
          <ol class="agenda">
            {recent.map((entry) => (
              <AgendaEntry words={desk} entry={entry} at={entry.chapter.published}>
                <p class="agenda-links">
                  <a href={entry.path}>{words.read}</a>
                </p>
              </AgendaEntry>
            ))}
          </ol>
        </section>
      )}
    </DeskPage>
  );
}

const Drafts = ({ page, drafts }: Pick<CalendarPageProps, "page"> & Pick<Calendar, "drafts">) => (
  <section aria-labelledby="drafts">
    <h2 id="drafts">{page.words.desk.calendar.drafts}</h2>
    {drafts.length === 0 ? (
      <p class="quiet">
        {page.words.desk.calendar.noDrafts((text) => (
          <code>{text}</code>
        ))}
      </p>
    ) : (
      <ol class="agenda">
        {drafts.map((entry) => (
          <AgendaEntry words={page.words.desk} entry={entry}>
            <Previews page={page} entry={entry} />
          </AgendaEntry>
        ))}
      </ol>
    )}
  </section>
);

interface ScheduledEntryProps {
  readonly page: DeskPageProps["page"];
  readonly chapter: ScheduledChapter;
  readonly newsletterOpen: boolean;
}

function ScheduledEntry({ page, chapter, newsletterOpen }: ScheduledEntryProps) {
  const { entry, at, inDays, weekly, monthly, inOneMail, closeBy, bookOpens } = chapter;
  const { desk } = page.words;
  const { calendar: words, dates } = desk;
  return (
    <AgendaEntry words={desk} entry={entry} at={new Date(at).toISOString()} when={daysUntil(desk, inDays)}>
      <p class="quiet">
        {newsletterOpen ? words.emailed(dates.weekday(weekly), dates.weekday(monthly)) : words.notEmailed}
      </p>
      {bookOpens !== undefined && (
        <p class="agenda-hint">
          {Number.isFinite(bookOpens) ? words.bookOpens(dates.publication(bookOpens)) : words.bookIsDraft}
        </p>
      )}
      {newsletterOpen && inOneMail.length > 0 && <p class="agenda-hint">{words.inOneEmail(titles(desk, inOneMail))}</p>}
      {newsletterOpen && closeBy.length > 0 && <p class="agenda-hint">{words.closeBy(titles(desk, closeBy))}</p>}
      <Previews page={page} entry={entry} />
    </AgendaEntry>
  );
}

interface AgendaEntryProps {
  readonly words: Words["desk"];
  readonly entry: CatalogueEntry;
  /** ISO 8601. */
  readonly at?: string | undefined;
  readonly when?: string;
  readonly children: Child;
}

const AgendaEntry = ({ words, entry, at, when, children }: AgendaEntryProps) => (
  <li>
    {at !== undefined && (
      <p class="agenda-time">
        <time datetime={at}>{words.dates.publication(at)}</time>
        {when !== undefined && <span class="quiet">{when}</span>}
      </p>
    )}
    <div class="agenda-entry">
      <h3>{entryName(words, entry)}</h3>
      <p class="quiet">{words.calendar.bookAndTime(entry.book.shortTitle, entry.chapter.minutes)}</p>
      {children}
    </div>
  </li>
);

function Previews({ page, entry }: { readonly page: DeskPageProps["page"]; readonly entry: CatalogueEntry }) {
  const chapter = entry.id;
  const { desk } = page.words;
  const words = desk.calendar;
  const title = entryName(desk, entry);
  return (
    <>
      <p class="agenda-links">
        <a href={href.deskPreview(chapter)} aria-label={words.previewPageOf(title)}>
          {words.previewPage}
        </a>
        <a href={href.deskPreview(chapter, "mail")} aria-label={words.previewEmailOf(title)}>
          {words.previewEmail}
        </a>
      </p>
      <details class="agenda-share">
        <summary aria-label={words.shareOf(title)}>{words.share}</summary>
        <ActForm
          page={page}
          action={href.deskPreview()}
          fields={{ chapter }}
          label={words.createLink}
          look="button button-quiet"
        >
          <label>
            {words.validFor}{" "}
            <select name="days">
              {previewDays.map((days) => (
                <option value={String(days)} selected={days === 7}>
                  {words.days(days)}
                </option>
              ))}
            </select>
          </label>
        </ActForm>
      </details>
    </>
  );
}

interface LinkPageProps {
  readonly page: DeskPageProps["page"];
  readonly entry: CatalogueEntry;
  readonly url: string;
  readonly until: number;
}

/** Shows a new preview link to copy. */
export const LinkPage = ({ page, entry, url, until }: LinkPageProps) => (
  <DeskPage
    page={page}
    title={page.words.desk.calendar.linkTitle}
    section="calendar"
    isBelow
    lead={entryName(page.words.desk, entry)}
  >
    <p>{page.words.desk.calendar.linkWords(page.words.desk.dates.publication(until))}</p>
    <div class="listing">
      <pre tabindex={0}>
        <code>{url}</code>
      </pre>
    </div>
    <p>
      <a href={url}>{page.words.desk.calendar.openPreview}</a>
    </p>
    <p>
      <a href={href.deskCalendar()}>{page.words.desk.calendar.back}</a>
    </p>
  </DeskPage>
);

/** Shown if no signing key is set. */
export const NoKeyPage = ({ page }: Pick<LinkPageProps, "page">) => (
  <DeskPage page={page} title={page.words.desk.calendar.noLink} section="calendar" isBelow>
    <p>
      {page.words.desk.calendar.noLinkWords((text) => (
        <code>{text}</code>
      ))}
    </p>
  </DeskPage>
);

const titles = (words: Words["desk"], entries: readonly CatalogueEntry[]): string =>
  words.calendar.titles(entries.map((entry) => isolated(entryName(words, entry))));

function daysUntil({ calendar }: Words["desk"], days: number): string {
  if (days === 0) return calendar.today;
  return days === 1 ? calendar.tomorrow : calendar.inDays(days);
}
