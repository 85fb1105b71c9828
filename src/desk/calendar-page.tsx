/** The calendar: what is scheduled, month by month, drafts without a date, and what came out lately. */
import type { Child } from "hono/jsx";
import { previewDays } from "../http/preview-links.ts";
import type { Place } from "../library/catalogue.ts";
import { isolated } from "../library/language.ts";
import { href } from "../routes.ts";
import { isoDay } from "../ui/dates.ts";
import { ActForm } from "./act-form.tsx";
import type { Calendar, ScheduledChapter } from "./calendar.ts";
import { DeskPage, type DeskPageProps } from "./desk-page.tsx";
import { printedCount } from "./numbers.ts";

interface CalendarPageProps {
  readonly house: DeskPageProps["house"];
  readonly calendar: Calendar;
  /** Whether chapters are mailed at all. */
  readonly newsletterOpen: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** An example that can be copied as it stands has to lie ahead. */
const nextWeek = (now: number): string => `${isoDay(new Date(now + 7 * 86_400_000).toISOString())}T08:00:00Z`;

export function CalendarPage({ house, calendar, newsletterOpen, now }: CalendarPageProps) {
  const { scheduled, drafts, recent } = calendar;
  const months = Map.groupBy(scheduled, ({ at }) => monthOf(at));
  return (
    <DeskPage
      house={house}
      title="Calendar"
      place="Calendar"
      lead="As deployed last. All times are in UTC, and a day without a time means midnight."
    >
      {scheduled.length === 0 && (
        <section aria-labelledby="scheduled">
          <h2 id="scheduled">Nothing is scheduled</h2>
          <p class="quiet">
            Give a chapter a time in its front matter, such as <code>{`published: ${nextWeek(now)}`}</code>, and deploy:
            it appears at its minute without another deploy{newsletterOpen && ", and is mailed then"}.
          </p>
        </section>
      )}
      {[...months].map(([month, chapters]) => (
        <section aria-label={month}>
          <h2>{month}</h2>
          <ol class="agenda">
            {chapters.map((chapter) => (
              <ScheduledEntry house={house} chapter={chapter} newsletterOpen={newsletterOpen} />
            ))}
          </ol>
        </section>
      ))}
      <section aria-labelledby="drafts">
        <h2 id="drafts">Drafts without a date</h2>
        {drafts.length === 0 ? (
          <p class="quiet">
            There is none. <code>npm run new -- chapter BOOK SLUG</code> begins one; it shows here with the next deploy.
          </p>
        ) : (
          <ol class="agenda">
            {drafts.map((place) => (
              <Entry place={place}>
                <Previews house={house} place={place} />
              </Entry>
            ))}
          </ol>
        )}
      </section>
      {recent.length > 0 && (
        <section aria-labelledby="recent">
          <h2 id="recent">Out in the last thirty days</h2>
          <ol class="agenda">
            {recent.map((place) => (
              <Entry place={place} at={place.chapter.published}>
                <p class="agenda-links">
                  <a href={place.path}>Read it</a>
                </p>
              </Entry>
            ))}
          </ol>
        </section>
      )}
    </DeskPage>
  );
}

interface ScheduledEntryProps {
  readonly house: DeskPageProps["house"];
  readonly chapter: ScheduledChapter;
  readonly newsletterOpen: boolean;
}

function ScheduledEntry({ house, chapter, newsletterOpen }: ScheduledEntryProps) {
  const { place, at, inDays, weekly, monthly, inOneMail, closeBy, bookOpens } = chapter;
  return (
    <Entry place={place} at={new Date(at).toISOString()} when={wordsOf(inDays)}>
      <p class="quiet">
        {newsletterOpen
          ? `Mailed at once to readers who want each chapter, with the weekly digest of ${dayOf(weekly)}, and the monthly one of ${dayOf(monthly)}.`
          : "The newsletter is not open, so it is not mailed."}
      </p>
      {bookOpens !== undefined && (
        <p class="agenda-hint">
          {Number.isFinite(bookOpens)
            ? `Its book opens later, on ${momentOf(bookOpens)}; until then the chapter is not public.`
            : "Its book is a draft; until the book is public the chapter is not."}
        </p>
      )}
      {newsletterOpen && inOneMail.length > 0 && (
        <p class="agenda-hint">
          Comes in one mail with {titles(inOneMail)}, as a list: a chapter that comes alone is mailed whole.
        </p>
      )}
      {newsletterOpen && closeBy.length > 0 && (
        <p class="agenda-hint">
          Less than a day from {titles(closeBy)}: readers who want each chapter get two mails in that time.
        </p>
      )}
      <Previews house={house} place={place} />
    </Entry>
  );
}

interface EntryProps {
  readonly place: Place;
  /** ISO 8601. */
  readonly at?: string | undefined;
  readonly when?: string;
  readonly children: Child;
}

const Entry = ({ place, at, when, children }: EntryProps) => (
  <li>
    {at !== undefined && (
      <p class="agenda-time">
        <time datetime={at}>{momentOf(Date.parse(at))}</time>
        {when !== undefined && <span class="quiet">{when}</span>}
      </p>
    )}
    <div class="agenda-entry">
      <h3>{titleOf(place)}</h3>
      <p class="quiet">
        {place.book.shortTitle}, {place.chapter.minutes} min
      </p>
      {children}
    </div>
  </li>
);

function Previews({ house, place }: { readonly house: DeskPageProps["house"]; readonly place: Place }) {
  const chapter = place.id;
  const title = titleOf(place);
  return (
    <>
      <p class="agenda-links">
        <a href={href.deskPreview(chapter)} aria-label={`Preview as page: ${title}`}>
          Preview as page
        </a>
        <a href={href.deskPreview(chapter, "mail")} aria-label={`Preview as mail: ${title}`}>
          Preview as mail
        </a>
      </p>
      <details class="agenda-share">
        <summary aria-label={`Make a link to share: ${title}`}>Make a link to share</summary>
        <ActForm
          house={house}
          action={href.deskPreview()}
          fields={{ chapter }}
          label="Make a link"
          look="push push-quiet"
        >
          <label>
            It holds for{" "}
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
  readonly house: DeskPageProps["house"];
  readonly place: Place;
  readonly url: string;
  readonly until: number;
}

/** A link that was just made, to copy. */
export const LinkPage = ({ house, place, url, until }: LinkPageProps) => (
  <DeskPage house={house} title="A link to share" place="Calendar" isBelow lead={titleOf(place)}>
    <p>
      Whoever has this link sees the chapter as it was deployed last, as page and as mail, until {momentOf(until)}.
      Nothing else that is hidden is shown by it. It cannot be called back; when the chapter is public, it leads there.
    </p>
    <div class="listing">
      <pre tabindex={0}>
        <code>{url}</code>
      </pre>
    </div>
    <p>
      <a href={url}>Open it</a>
    </p>
    <p>
      <a href={href.deskCalendar()}>Back to the calendar</a>
    </p>
  </DeskPage>
);

/** Where no key is set to sign a link with. */
export const NoKeyPage = ({ house }: Pick<LinkPageProps, "house">) => (
  <DeskPage house={house} title="No link can be made" place="Calendar" isBelow>
    <p>
      Links to previews are signed, and no key is set. <code>npx wrangler secret put TOKEN_KEYS</code> sets one: type{" "}
      <code>k1:</code> and the output of <code>openssl rand -hex 32</code>.
    </p>
  </DeskPage>
);

const titleOf = ({ book, chapter, isOverview }: Place): string =>
  isOverview ? `${book.shortTitle}: start here` : chapter.title;
const titles = (places: readonly Place[]): string =>
  places.map((place) => `“${isolated(titleOf(place))}”`).join(" and ");

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
