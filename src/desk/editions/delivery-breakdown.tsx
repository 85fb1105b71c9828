/** Renders an edition's delivery status: one bar for all recipients, with a line or a table of counts and reasons. */
import type { StateCount } from "../../editions/delivery-counts.ts";
import { reasonWords } from "../../editions/record-words.ts";
import type { Words } from "../../ui/words/words.ts";
import { percent } from "../chart.tsx";
import { printedShare } from "../numbers.ts";
import { TableHead } from "../table-head.tsx";

/** From best to worst; `skipped` means that no email is sent. */
const order = ["delivered", "accepted", "sending", "uncertain", "bounced", "complained", "failed", "skipped"] as const;

interface BreakdownProps {
  readonly words: Words["desk"];
  /** Unique on its page. */
  readonly id: string;
  readonly counts: readonly StateCount[];
  /** No more deliveries will be created. */
  readonly isDone: boolean;
}

/** Recipients by state; `all` includes the skipped ones. */
function statesOf(counts: readonly StateCount[]) {
  const states = order
    .map((state) => {
      const own = counts.filter((count) => count.state === state);
      return { state, own, recipients: own.reduce((sum, { recipients }) => sum + recipients, 0) };
    })
    .filter(({ recipients }) => recipients > 0);
  const of = (wanted: (typeof order)[number]) => states.find(({ state }) => state === wanted)?.recipients ?? 0;
  const all = states.reduce((sum, { recipients }) => sum + recipients, 0);
  return { states, all, emailed: all - of("skipped"), delivered: of("delivered") };
}

const Empty = ({ words: { editions }, isDone }: Pick<BreakdownProps, "words" | "isDone">) => (
  <p class="quiet">{isDone ? editions.noRecipients : editions.noDeliveries}</p>
);

/** The bar, with its numbers in a line. */
export function DeliverySummary({ words, id, counts, isDone }: BreakdownProps) {
  const recipients = statesOf(counts);
  const { states, all, emailed, delivered } = recipients;
  if (all === 0) return <Empty words={words} isDone={isDone} />;
  const { editions, names, numbers } = words;
  // Emails whose delivery is not confirmed are the rest; the edition's page names them, too.
  const others = states.filter(({ state }) => !["delivered", "accepted", "skipped"].includes(state));
  return (
    <div class="breakdown">
      <Bar words={words} id={id} recipients={recipients} />
      <p>
        {emailed === 0
          ? editions.noRecipients
          : editions.deliveredOf(delivered, emailed, printedShare(numbers, delivered, emailed))}{" "}
        <span class="quiet">
          {names.list(others.map(({ state, recipients }) => editions.stateCount(names.states[state], recipients)))}
        </span>
      </p>
    </div>
  );
}

interface BarProps extends Pick<BreakdownProps, "words" | "id"> {
  readonly recipients: ReturnType<typeof statesOf>;
}

function Bar({ words: { editions, names }, id, recipients: { states, all, emailed } }: BarProps) {
  return (
    <svg class="chart-drawing" role="img" aria-labelledby={`${id}-title ${id}-words`} height="16">
      <title id={`${id}-title`}>{editions.deliveryStatusOf(emailed)}</title>
      <desc id={`${id}-words`}>
        {names.list(states.map(({ state, recipients }) => editions.stateCount(names.states[state], recipients)))}
      </desc>
      {shares(states, all).map(({ state, x, width }) => (
        <rect x={percent(x)} y="0" width={percent(width)} height="16" class={`state-${state}`} />
      ))}
    </svg>
  );
}

export function DeliveryBreakdown({ words, id, counts, isDone }: BreakdownProps) {
  const { editions, measures, names, numbers } = words;
  const recipients = statesOf(counts);
  const { states, all, emailed } = recipients;
  if (all === 0) return <Empty words={words} isDone={isDone} />;
  return (
    <div class="breakdown">
      <Bar words={words} id={id} recipients={recipients} />
      <table class="numbers">
        <TableHead names={editions.statusHead} numbers={[editions.recipients, measures.share]} />
        <tbody>
          <tr class="total">
            <th scope="row">{editions.recipients}</th>
            <td class="number">{numbers.count(emailed)}</td>
            <td class="number"></td>
          </tr>
          {states.map(({ state, own, recipients }) => (
            <tr>
              <th scope="row">
                <svg class="swatch" width="11" height="11" aria-hidden="true">
                  <rect width="11" height="11" class={`state-${state}`} />
                </svg>
                {names.states[state]}
                <Reasons words={words} counts={own} />
              </th>
              <td class="number">{numbers.count(recipients)}</td>
              <td class="number">{state === "skipped" ? "" : printedShare(numbers, recipients, emailed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Only the most frequent reasons are listed: the many others are servers' messages about a single email. */
const maxReasons = 4;

function Reasons({ words, counts }: Pick<BreakdownProps, "words" | "counts">) {
  const { editions } = words;
  const named = counts.filter(({ reason }) => reason !== null).sort((a, b) => b.recipients - a.recipients);
  if (named.length === 0) return null;
  const rest = named.slice(maxReasons).reduce((sum, { recipients }) => sum + recipients, 0);
  const parts = named
    .slice(0, maxReasons)
    .map(({ reason, recipients }) => editions.reasonCount(reasonWords(words, reason ?? ""), recipients));
  return (
    <span class="reasons">
      {editions.reasons([...parts, ...(rest > 0 ? [editions.reasonCount(editions.otherReasons, rest)] : [])])}
    </span>
  );
}

/** Lays the states side by side, with a hairline gap. */
function shares<T extends { readonly recipients: number }>(states: readonly T[], all: number) {
  let x = 0;
  return states.map((each) => {
    const width = (100 * each.recipients) / all;
    const place = { ...each, x, width: Math.max(0.1, width - 0.15) };
    x += width;
    return place;
  });
}
