/** Subscribers in numbers: how many, what they chose, who came and went. No address stands here: none is needed. */
import { href } from "../../routes.ts";
import { type SubscriberCount, subscribersIn } from "../../subscribers/subscriber-counts.ts";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { bookName } from "../names.ts";
import { printedCount, printedMoment, printedShare } from "../numbers.ts";
import { lastMonths, recentMonths } from "../period.ts";
import { TableHead } from "../table-head.tsx";
import { ChangeChart, SizeChart } from "./growth-chart.tsx";
import { fromBeginning, growthOf } from "./growth-figures.ts";
import { MessageList } from "./message-list.tsx";
import type { ChangeCount, MessageCount, UnsubscribeReason } from "./subscriber-queries.ts";

interface SubscribersPageProps {
  readonly page: DeskPageProps["page"];
  readonly today: string;
  readonly isOpen: boolean;
  readonly subscribers: readonly SubscriberCount[];
  readonly books: readonly { readonly book: string | null; readonly count: number }[];
  readonly changes: readonly ChangeCount[];
  readonly reasons: readonly UnsubscribeReason[];
  readonly messages: readonly MessageCount[];
}

export function SubscribersPage(props: SubscribersPageProps) {
  const { page, today, isOpen, subscribers, changes, reasons, messages } = props;
  const confirmed = subscribersIn(subscribers, ({ state }) => state === "confirmed");
  const hasAny = subscribers.length + changes.length + messages.length > 0;
  const months = growthOf(changes, lastMonths(today, recentMonths), confirmed);
  return (
    <DeskPage
      page={page}
      title="Subscribers"
      section="Subscribers"
      lead="Totals only. Individual data is visible only to each subscriber, on their preferences page. Months are in UTC."
    >
      {hasAny ? (
        <>
          <Now {...props} />
          <section>
            <h2>Subscribers by month</h2>
            <SizeChart id="size" months={fromBeginning(months)} />
            <ChangeChart id="changes" months={fromBeginning(months)} />
            <p class="chart-note">
              Imported subscribers count from when they consented with the previous provider or, if that is unknown,
              from the import. Erased subscribers count only in the month of erasure: neither as gained nor as lost in
              any other.
            </p>
          </section>
          <Reasons reasons={reasons} />
          <MessageList messages={messages} />
        </>
      ) : (
        <p class="quiet">
          {isOpen ? (
            <>
              No subscribers. The sign-up form is at the bottom of every page and on{" "}
              <a href={href.newsletter()}>its own page</a>.
            </>
          ) : (
            "The newsletter is off, so no one can subscribe. The README explains how to turn it on."
          )}
        </p>
      )}
    </DeskPage>
  );
}

const frequencyNames = { each: "Each chapter", weekly: "Weekly digest", monthly: "Monthly digest" } as const;

function Now({ page, subscribers, books }: SubscribersPageProps) {
  const confirmed = subscribersIn(subscribers, ({ state }) => state === "confirmed");
  const facts = [
    ["Confirmed", confirmed],
    ["Paused", subscribersIn(subscribers, ({ state, isPaused }) => state === "confirmed" && isPaused)],
    ["Awaiting confirmation", subscribersIn(subscribers, ({ state }) => state === "pending")],
    ["Unsubscribed", subscribersIn(subscribers, ({ state }) => state === "unsubscribed")],
    ["Suppressed (bounced or marked as spam)", subscribersIn(subscribers, ({ state }) => state === "suppressed")],
  ] as const;
  const wanted = Object.entries(frequencyNames).map(
    ([frequency, name]) =>
      [name, subscribersIn(subscribers, (each) => each.state === "confirmed" && each.frequency === frequency)] as const,
  );
  const everything = books.find(({ book }) => book === null)?.count ?? 0;
  const chosen = books.flatMap(({ book, count }) =>
    book === null ? [] : [[`Only ${bookName(page.catalogue.manifest, book)}, alone or with others`, count] as const],
  );
  return (
    <>
      <dl class="measures">
        {facts.map(([name, count]) => (
          <div>
            <dt>{name}</dt>
            <dd>
              <strong>{printedCount(count)}</strong>
            </dd>
          </div>
        ))}
      </dl>
      {confirmed > 0 && (
        <div class="pair">
          <Split caption="How often" rows={wanted} of={confirmed} />
          <Split
            caption="Which books"
            rows={[["All books, including future ones", everything], ...chosen]}
            of={confirmed}
          />
        </div>
      )}
    </>
  );
}

function Split({
  caption,
  rows,
  of,
}: {
  readonly caption: string;
  readonly rows: readonly (readonly [string, number])[];
  readonly of: number;
}) {
  return (
    <section>
      <h2>{caption}</h2>
      <table class="numbers">
        <TableHead numbers={["Confirmed", "Share"]} />
        <tbody>
          {rows.map(([name, count]) => (
            <tr>
              <th scope="row">{name}</th>
              <td class="number">{printedCount(count)}</td>
              <td class="number">{printedShare(count, of)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const Reasons = ({ reasons }: { readonly reasons: readonly UnsubscribeReason[] }) => (
  <section>
    <h2>Reasons for unsubscribing</h2>
    {reasons.length === 0 ? (
      <p class="quiet">No reasons given yet. The unsubscribe page asks for one, but it is optional.</p>
    ) : (
      <ul class="answers">
        {reasons.map(({ unsubscribedAt, reason }) => (
          <li>
            <p class="answer-head">
              <time datetime={unsubscribedAt}>{printedMoment(unsubscribedAt)}</time>
            </p>
            <blockquote>{reason}</blockquote>
          </li>
        ))}
      </ul>
    )}
  </section>
);
