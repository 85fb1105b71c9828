/** Lists editions, newest first, a row for each: chapters, audience, and how many emails were delivered. */
import type { DeliveryCount, StateCount } from "../../editions/delivery-counts.ts";
import type { EditionRow } from "../../editions/edition-row.ts";
import { href } from "../../routes.ts";
import type { Words } from "../../ui/words/words.ts";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { editionTitle } from "../names.ts";
import { DeliverySummary } from "./delivery-breakdown.tsx";
import { unsubscribeWindowDays } from "./edition-queries.ts";

export const editionsAtOnce = 8;
/**
 * Maximum number of recipients counted for one page. Each delivery is a row read, and read again to sort it. A small
 * list gets counts for all its editions; a large one for the latest only, and the others link to their own pages.
 */
export const readersAtOnce = 50_000;

export interface EditionsPageProps {
  readonly page: DeskPageProps["page"];
  readonly isOpen: boolean;
  readonly editions: readonly EditionRow[];
  /** By edition. An edition without an entry was not counted. */
  readonly copies: ReadonlyMap<string, readonly DeliveryCount[]>;
  readonly unsubscribes: readonly { readonly edition: string; readonly count: number }[];
  /** Views from links in its emails, by edition; undefined if clicks are not counted. */
  readonly clicks: ReadonlyMap<string, number> | undefined;
  /** Whether there are older editions. */
  readonly hasMore: boolean;
  readonly isFirstPage: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function EditionsPage(props: EditionsPageProps) {
  const { page, isOpen, editions, clicks, hasMore, isFirstPage } = props;
  const { desk } = page.words;
  const words = desk.editions;
  const last = editions.at(-1);
  return (
    <DeskPage page={page} title={desk.frame.sections.editions} section="editions" lead={words.lead}>
      <p class="quiet">{clicks === undefined ? words.noClicks : words.clicksAre(unsubscribeWindowDays)}</p>
      {editions.length === 0 ? (
        <p class="quiet">{!isFirstPage ? words.noOlder : isOpen ? words.none : words.newsletterOff}</p>
      ) : (
        editions.map((edition, index) => <EditionEntry {...props} edition={edition} index={index} />)
      )}
      {hasMore && last && (
        <p>
          <a
            href={`${href.deskEditions()}?opened=${encodeURIComponent(last.openedAt)}&before=${encodeURIComponent(last.id)}`}
          >
            {words.older}
          </a>
        </p>
      )}
    </DeskPage>
  );
}

function stateWord({ editions }: Words["desk"], { state, stopReason }: EditionRow): string {
  switch (state) {
    case "sending":
      return editions.sending;
    case "stopped":
      return stopReason === "author" ? editions.paused : editions.stopped;
    case "done":
      return stopReason === "skipped" ? editions.ended : editions.complete;
  }
}

/**
 * Whether recipients can have clicked a link. Clicks are counted by chapter, so an edition without emails would show
 * those of another one. False for a digest that is too large to be counted here.
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
  const { desk } = page.words;
  const words = desk.editions;
  const left = unsubscribes.find((each) => each.edition === edition.id)?.count ?? 0;
  const isFresh = now - Date.parse(edition.openedAt) < unsubscribeWindowDays * 86_400_000;
  const clicked = clicks?.get(edition.id);
  const counts = copies.get(edition.id);
  return (
    <section class="edition">
      <header>
        <h2>
          <a href={href.deskEditions(edition.id)}>{editionTitle(page, edition)}</a>
        </h2>
        <p class="edition-facts">
          <span class={`edition-state is-${edition.state}`}>{stateWord(desk, edition)}</span>{" "}
          <span>{desk.names.audiences[edition.audience]}</span>{" "}
          <time datetime={edition.openedAt}>{desk.dates.moment(edition.openedAt)}</time>
        </p>
      </header>
      {counts ? (
        <DeliverySummary words={desk} id={`copies-${index}`} counts={counts} isDone={edition.state === "done"} />
      ) : (
        <p>
          <a href={href.deskEditions(edition.id)}>{words.deliveryStatus}</a>
        </p>
      )}
      {hasMail(edition, counts) && (
        <p class="edition-after">
          {isFresh ? words.unsubscribedSoFar(left) : words.unsubscribedWithin(left, unsubscribeWindowDays)}
          {clicked !== undefined && ` ${words.clicks(clicked)}`}
        </p>
      )}
    </section>
  );
}
