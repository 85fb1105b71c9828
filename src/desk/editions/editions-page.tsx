/** Every mailing, the newest first: to whom, with what, and what became of it. */
import type { DeliveryCount, StateCount } from "../../editions/delivery-counts.ts";
import type { EditionRow } from "../../editions/edition-row.ts";
import { stopWord } from "../../library/edition-texts.ts";
import { href } from "../../routes.ts";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { audienceNames, editionTitle } from "../names.ts";
import { counted, printedMoment } from "../numbers.ts";
import { DeliveryBreakdown } from "./delivery-breakdown.tsx";
import { unsubscribeWindowDays } from "./edition-queries.ts";

export const editionsAtOnce = 8;
/**
 * Each copy is a row read, and read again to sort it. A small list shows all its editions with their numbers; a large
 * one the latest, and the others each on its own page.
 */
export const readersAtOnce = 50_000;

export interface EditionsPageProps {
  readonly page: DeskPageProps["page"];
  readonly isOpen: boolean;
  readonly editions: readonly EditionRow[];
  /** By edition; those that are not there were not counted. */
  readonly copies: ReadonlyMap<string, readonly DeliveryCount[]>;
  readonly unsubscribes: readonly { readonly edition: string; readonly count: number }[];
  /** Views that came by a link in its mails, by edition; undefined where clicks are not counted. */
  readonly clicks: ReadonlyMap<string, number> | undefined;
  /** Whether there are older ones. */
  readonly hasMore: boolean;
  readonly isFirstPage: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function EditionsPage(props: EditionsPageProps) {
  const { page, isOpen, editions, clicks, hasMore, isFirstPage } = props;
  const last = editions.at(-1);
  return (
    <DeskPage
      page={page}
      title="Editions"
      section="Editions"
      lead="An edition is one send to one audience. Opens are not tracked: tracking needs a hidden image in each email, which many clients load automatically, so the number would be wrong and readers would be watched."
    >
      <p class="quiet">
        {clicks === undefined
          ? "Clicks are not counted. Set COUNT_MAIL_CLICKS to count clicks on links to the library's own pages."
          : `Clicks are views of an edition's chapters that came from a link in an email within ${unsubscribeWindowDays} days.`}
      </p>
      {editions.length === 0 ? (
        <p class="quiet">
          {!isFirstPage
            ? "No older editions."
            : isOpen
              ? "No editions yet. Give a chapter a date and deploy: its edition appears here within five minutes of that time."
              : "The newsletter is off. The README explains how to turn it on; chapters published before then are not emailed."}
        </p>
      ) : (
        editions.map((edition, index) => <EditionEntry {...props} edition={edition} index={index} />)
      )}
      {hasMore && last && (
        <p>
          <a
            href={`${href.deskEditions()}?opened=${encodeURIComponent(last.openedAt)}&before=${encodeURIComponent(last.id)}`}
          >
            Older editions
          </a>
        </p>
      )}
    </DeskPage>
  );
}

const stateWord = ({ state, stopReason }: EditionRow): string =>
  state === "sending"
    ? "Sending"
    : state === "stopped"
      ? stopReason === "author"
        ? "Paused"
        : "Stopped"
      : stopReason === "skipped"
        ? "Ended by you"
        : "Complete";

function unsubscribesText(left: number, isFresh: boolean): string {
  const who = left === 0 ? "No one" : counted(left, "subscriber");
  if (isFresh) return `${who} ${left > 1 ? "have" : "has"} unsubscribed so far.`;
  return `${who} unsubscribed within ${unsubscribeWindowDays} days.`;
}

/**
 * Whether readers can have followed it: clicks are counted by chapter, so that those of another edition would be
 * taken for its own. Of a digest whose copies are too many to be counted here, nothing is said.
 */
export const hasMail = ({ audience }: EditionRow, counts: readonly StateCount[] | undefined): boolean =>
  counts === undefined
    ? audience === "each"
    : counts.some(({ state, recipients }) => recipients > 0 && !["sending", "skipped", "failed"].includes(state));

function EditionEntry({
  page,
  edition,
  index,
  copies,
  unsubscribes,
  clicks,
  now,
}: EditionsPageProps & { readonly edition: EditionRow; readonly index: number }) {
  const left = unsubscribes.find((each) => each.edition === edition.id)?.count ?? 0;
  const isFresh = now - Date.parse(edition.openedAt) < unsubscribeWindowDays * 86_400_000;
  const clicked = clicks?.get(edition.id);
  const counts = copies.get(edition.id);
  return (
    <section class="edition">
      <header>
        <h2>
          <a href={href.deskEditions(edition.id)}>{editionTitle(page.catalogue.manifest, edition)}</a>
        </h2>
        <p class="edition-facts">
          <span class={`edition-state is-${edition.state}`}>{stateWord(edition)}</span>{" "}
          <span>{audienceNames[edition.audience]}</span>{" "}
          <time datetime={edition.openedAt}>{printedMoment(edition.openedAt)}</time>
        </p>
        {edition.state === "stopped" && <p class="edition-stop">{stopWord(edition.stopReason)}</p>}
        {hasMail(edition, counts) && (
          <p class="edition-after">
            {unsubscribesText(left, isFresh)}
            {clicked !== undefined && ` ${counted(clicked, "click")}.`}
          </p>
        )}
      </header>
      {counts ? (
        <DeliveryBreakdown id={`copies-${index}`} counts={counts} isDone={edition.state === "done"} />
      ) : (
        <p>
          <a href={href.deskEditions(edition.id)}>Delivery status</a>
        </p>
      )}
    </section>
  );
}
