/** Renders subscriber counts, choices and growth. Shows no email address, because none is needed. */
import { href } from "../../routes.ts";
import { type SubscriberCount, subscribersIn } from "../../subscribers/subscriber-counts.ts";
import type { Words } from "../../ui/words/words.ts";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { bookName } from "../names.ts";
import { printedShare } from "../numbers.ts";
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
  const { desk } = page.words;
  const words = desk.subscribers;
  const hasAny = subscribers.length + changes.length + messages.length > 0;
  const months = growthOf(changes, lastMonths(today, recentMonths), confirmed);
  return (
    <DeskPage page={page} title={desk.frame.sections.subscribers} section="subscribers" lead={words.lead}>
      {hasAny ? (
        <>
          <Now {...props} />
          <section>
            <h2>{words.byMonth}</h2>
            <SizeChart words={desk} id="size" months={fromBeginning(months)} />
            <ChangeChart words={desk} id="changes" months={fromBeginning(months)} />
            <p class="chart-note">{words.byMonthNote}</p>
          </section>
          <Reasons words={desk} reasons={reasons} />
          <MessageList words={desk} messages={messages} />
        </>
      ) : (
        <p class="quiet">
          {isOpen ? words.none((text) => <a href={href.newsletter()}>{text}</a>) : words.newsletterOff}
        </p>
      )}
    </DeskPage>
  );
}

const frequencies = ["each", "weekly", "monthly"] as const;

function Now({ page, subscribers, books }: SubscribersPageProps) {
  const confirmed = subscribersIn(subscribers, ({ state }) => state === "confirmed");
  const { names, numbers, subscribers: words } = page.words.desk;
  const facts = [
    [words.confirmed, confirmed],
    [words.paused, subscribersIn(subscribers, ({ state, isPaused }) => state === "confirmed" && isPaused)],
    [words.pending, subscribersIn(subscribers, ({ state }) => state === "pending")],
    [words.unsubscribed, subscribersIn(subscribers, ({ state }) => state === "unsubscribed")],
    [words.suppressed, subscribersIn(subscribers, ({ state }) => state === "suppressed")],
  ] as const;
  const wanted = frequencies.map((frequency) => {
    const count = subscribersIn(subscribers, (each) => each.state === "confirmed" && each.frequency === frequency);
    return [names.audiences[frequency], count] as const;
  });
  const everything = books.find(({ book }) => book === null)?.count ?? 0;
  const chosen = books.flatMap(({ book, count }) =>
    book === null ? [] : [[words.onlyBook(bookName(page.catalogue.manifest, book)), count] as const],
  );
  return (
    <>
      <dl class="measures">
        {facts.map(([name, count]) => (
          <div>
            <dt>{name}</dt>
            <dd>
              <strong>{numbers.count(count)}</strong>
            </dd>
          </div>
        ))}
      </dl>
      {confirmed > 0 && (
        <div class="pair">
          <Split words={page.words.desk} caption={words.frequency} rows={wanted} of={confirmed} />
          <Split
            words={page.words.desk}
            caption={words.books}
            rows={[[words.allBooks, everything], ...chosen]}
            of={confirmed}
          />
        </div>
      )}
    </>
  );
}

interface SplitProps {
  readonly words: Words["desk"];
  readonly caption: string;
  readonly rows: readonly (readonly [string, number])[];
  readonly of: number;
}

function Split({ words: { numbers, measures, subscribers }, caption, rows, of }: SplitProps) {
  return (
    <section>
      <h2>{caption}</h2>
      <table class="numbers">
        <TableHead numbers={[subscribers.confirmed, measures.share]} />
        <tbody>
          {rows.map(([name, count]) => (
            <tr>
              <th scope="row">{name}</th>
              <td class="number">{numbers.count(count)}</td>
              <td class="number">{printedShare(numbers, count, of)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface ReasonsProps {
  readonly words: Words["desk"];
  readonly reasons: readonly UnsubscribeReason[];
}

const Reasons = ({ words: { subscribers, dates }, reasons }: ReasonsProps) => (
  <section>
    <h2>{subscribers.reasons}</h2>
    {reasons.length === 0 ? (
      <p class="quiet">{subscribers.noReasons}</p>
    ) : (
      <ul class="unsubscribe-reasons">
        {reasons.map(({ unsubscribedAt, reason }) => (
          <li>
            <time datetime={unsubscribedAt}>{dates.day(unsubscribedAt)}</time> <q>{reason}</q>
          </li>
        ))}
      </ul>
    )}
  </section>
);
