/** The calendar: what is scheduled, month by month, drafts without a date, and what came out lately. */
import type { Child } from "hono/jsx";
import { previewDays } from "../../http/preview-links.ts";
import type { CatalogueEntry } from "../../library/catalogue.ts";
import { isolated } from "../../library/language.ts";
import { href } from "../../routes.ts";
import { isoDay } from "../../ui/dates.ts";
import { ActForm } from "../act-form.tsx";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { printedCount } from "../numbers.ts";
import type { Calendar, ScheduledChapter } from "./calendar.ts";

interface CalendarPageProps {
  readonly page: DeskPageProps["page"];
  readonly calendar: Calendar;
  /** Whether chapters are mailed at all. */
  readonly newsletterOpen: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** An example that can be copied as it stands has to lie ahead. */
const nextWeek = (now: number): string => `${isoDay(new Date(now + 7 * 86_400_000).toISOString())}T08:00:00Z`;

export function CalendarPage({ page, calendar, newsletterOpen, now }: CalendarPageProps) {
  const { scheduled, drafts, recent } = calendar;
  const months = Map.groupBy(scheduled, ({ at }) => monthOf(at));
  return (
    <DeskPage
      page={page}
      title="Calendar"
      section="Calendar"
      lead="As of the last deploy. Times are in UTC; a date without a time means midnight."
    >
      {scheduled.length === 0 && (
        <section aria-labelledby="scheduled">
          <h2 id="scheduled">Nothing is scheduled</h2>
          <p class="quiet">
            Give a chapter a time in its front matter, such as <code>{`published: ${nextWeek(now)}`}</code>, and deploy:
            it is published at that minute without another deploy{newsletterOpen && " and emailed then"}.
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
          <h2 id="recent">Published in the last 30 days</h2>
          <ol class="agenda">
            {recent.map((entry) => (
              <AgendaEntry entry={entry} at={entry.chapter.published}>
                <p class="agenda-links">
                  <a href={entry.path}>Read</a>
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
    <h2 id="drafts">Drafts without a date</h2>
    {drafts.length === 0 ? (
      <p class="quiet">
        None. <code>npm run new -- chapter BOOK SLUG</code> creates one; it appears here after the next deploy.
      </p>
    ) : (
      <ol class="agenda">
        {drafts.map((entry) => (
          <AgendaEntry entry={entry}>
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
  return (
    <AgendaEntry entry={entry} at={new Date(at).toISOString()} when={wordsOf(inDays)}>
      <p class="quiet">
        {newsletterOpen
          ? `Emailed immediately to “each chapter” subscribers, in the weekly digest of ${dayOf(weekly)}, and in the monthly digest of ${dayOf(monthly)}.`
          : "The newsletter is off, so it will not be emailed."}
      </p>
      {bookOpens !== undefined && (
        <p class="agenda-hint">
          {Number.isFinite(bookOpens)
            ? `Its book is published later, on ${momentOf(bookOpens)}; the chapter stays hidden until then.`
            : "Its book is a draft; the chapter stays hidden until the book is published."}
        </p>
      )}
      {newsletterOpen && inOneMail.length > 0 && (
        <p class="agenda-hint">
          Shares one email with {titles(inOneMail)}, sent as a list of links; a chapter on its own is emailed in full.
        </p>
      )}
      {newsletterOpen && closeBy.length > 0 && (
        <p class="agenda-hint">
          Less than a day apart from {titles(closeBy)}: “each chapter” subscribers get two emails within a day.
        </p>
      )}
      <Previews page={page} entry={entry} />
    </AgendaEntry>
  );
}

interface AgendaEntryProps {
  readonly entry: CatalogueEntry;
  /** ISO 8601. */
  readonly at?: string | undefined;
  readonly when?: string;
  readonly children: Child;
}

const AgendaEntry = ({ entry, at, when, children }: AgendaEntryProps) => (
  <li>
    {at !== undefined && (
      <p class="agenda-time">
        <time datetime={at}>{momentOf(Date.parse(at))}</time>
        {when !== undefined && <span class="quiet">{when}</span>}
      </p>
    )}
    <div class="agenda-entry">
      <h3>{titleOf(entry)}</h3>
      <p class="quiet">
        {entry.book.shortTitle}, {entry.chapter.minutes} min
      </p>
      {children}
    </div>
  </li>
);

function Previews({ page, entry }: { readonly page: DeskPageProps["page"]; readonly entry: CatalogueEntry }) {
  const chapter = entry.id;
  const title = titleOf(entry);
  return (
    <>
      <p class="agenda-links">
        <a href={href.deskPreview(chapter)} aria-label={`Preview page: ${title}`}>
          Preview page
        </a>
        <a href={href.deskPreview(chapter, "mail")} aria-label={`Preview email: ${title}`}>
          Preview email
        </a>
      </p>
      <details class="agenda-share">
        <summary aria-label={`Create a share link: ${title}`}>Create a share link</summary>
        <ActForm
          page={page}
          action={href.deskPreview()}
          fields={{ chapter }}
          label="Create link"
          look="button button-quiet"
        >
          <label>
            Valid for{" "}
            <select name="days">
              {previewDays.map((days) => (
                <option value={String(days)} selected={days === 7}>
                  {days === 1 ? "a day" : `${days} days`}
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

/** A link that was just made, to copy. */
export const LinkPage = ({ page, entry, url, until }: LinkPageProps) => (
  <DeskPage page={page} title="Share link" section="Calendar" isBelow lead={titleOf(entry)}>
    <p>
      Anyone with this link can see the chapter as of the last deploy, as a page and as an email, until{" "}
      {momentOf(until)}. It reveals nothing else that is unpublished. It cannot be revoked; once the chapter is
      published, it redirects there.
    </p>
    <div class="listing">
      <pre tabindex={0}>
        <code>{url}</code>
      </pre>
    </div>
    <p>
      <a href={url}>Open preview</a>
    </p>
    <p>
      <a href={href.deskCalendar()}>Back to the calendar</a>
    </p>
  </DeskPage>
);

/** Where no key is set to sign a link with. */
export const NoKeyPage = ({ page }: Pick<LinkPageProps, "page">) => (
  <DeskPage page={page} title="Cannot create a link" section="Calendar" isBelow>
    <p>
      Preview links must be signed, and no signing key is set. <code>npx wrangler secret put TOKEN_KEYS</code> sets one:
      enter <code>k1:</code> followed by the output of <code>openssl rand -hex 32</code>.
    </p>
  </DeskPage>
);

const titleOf = ({ book, chapter, isOverview }: CatalogueEntry): string =>
  isOverview ? `${book.shortTitle}: start here` : chapter.title;
const titles = (entries: readonly CatalogueEntry[]): string =>
  entries.map((entry) => `“${isolated(titleOf(entry))}”`).join(" and ");

const wordsOf = (days: number): string =>
  days === 0 ? "today" : days === 1 ? "tomorrow" : `in ${printedCount(days)} days`;
const monthFormat = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
const monthOf = (at: number): string => monthFormat.format(new Date(at));
const dayFormat = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
const dayOf = (at: number): string => dayFormat.format(new Date(at));
const momentFormat = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});
const momentOf = (at: number): string => momentFormat.format(new Date(at));
