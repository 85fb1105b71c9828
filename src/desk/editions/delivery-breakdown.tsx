/** What became of an edition's copies: one bar with all its recipients, and the numbers with their reasons. */
import type { StateCount } from "../../editions/delivery-counts.ts";
import { reasonWord } from "../../library/edition-texts.ts";
import { percent } from "../chart.tsx";
import { stateNames } from "../names.ts";
import { counted, printedCount, printedShare } from "../numbers.ts";
import { TableHead } from "../table-head.tsx";

/** From the best to what is no copy at all. */
const order = ["delivered", "accepted", "sending", "uncertain", "bounced", "complained", "failed", "skipped"] as const;

interface BreakdownProps {
  /** Unique on its page. */
  readonly id: string;
  readonly counts: readonly StateCount[];
  /** Nobody else gets a copy. */
  readonly isDone: boolean;
}

export function DeliveryBreakdown({ id, counts, isDone }: BreakdownProps) {
  const states = order
    .map((state) => {
      const own = counts.filter((count) => count.state === state);
      return { state, own, recipients: own.reduce((sum, { recipients }) => sum + recipients, 0) };
    })
    .filter(({ recipients }) => recipients > 0);
  const all = states.reduce((sum, { recipients }) => sum + recipients, 0);
  if (all === 0) return <p class="quiet">{isDone ? "It had no recipients." : "No deliveries yet."}</p>;
  const emailed = all - (states.find(({ state }) => state === "skipped")?.recipients ?? 0);
  return (
    <div class="breakdown">
      <svg class="chart-drawing" role="img" aria-labelledby={`${id}-title ${id}-words`} height="16">
        <title id={`${id}-title`}>{`Delivery status of ${counted(emailed, "email")}`}</title>
        <desc id={`${id}-words`}>
          {states.map(({ state, recipients }) => `${stateNames[state]}: ${printedCount(recipients)}`).join(", ")}
        </desc>
        {shares(states, all).map(({ state, x, width }) => (
          <rect x={percent(x)} y="0" width={percent(width)} height="16" class={`state-${state}`} />
        ))}
      </svg>
      <table class="numbers">
        <TableHead names="Status" numbers={["Recipients", "Share"]} />
        <tbody>
          <tr class="total">
            <th scope="row">Recipients</th>
            <td class="number">{printedCount(emailed)}</td>
            <td class="number"></td>
          </tr>
          {states.map(({ state, own, recipients }) => (
            <tr>
              <th scope="row">
                <svg class="swatch" width="11" height="11" aria-hidden="true">
                  <rect width="11" height="11" class={`state-${state}`} />
                </svg>
                {stateNames[state]}
                <Reasons counts={own} />
              </th>
              <td class="number">{printedCount(recipients)}</td>
              <td class="number">{state === "skipped" ? "" : printedShare(recipients, emailed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Reasons that were noted, the most frequent first; many different ones are what servers wrote about single copies. */
const maxReasons = 4;

function Reasons({ counts }: { readonly counts: readonly StateCount[] }) {
  const named = counts.filter(({ reason }) => reason !== null).sort((a, b) => b.recipients - a.recipients);
  if (named.length === 0) return null;
  const rest = named.slice(maxReasons).reduce((sum, { recipients }) => sum + recipients, 0);
  const parts = named
    .slice(0, maxReasons)
    .map(({ reason, recipients }) => `${reasonWord(reason ?? "")} (${printedCount(recipients)})`);
  return (
    <span class="reasons">{[...parts, ...(rest > 0 ? [`other reasons (${printedCount(rest)})`] : [])].join("; ")}</span>
  );
}

/** Side by side, with a hair between them. */
function shares<T extends { readonly recipients: number }>(states: readonly T[], all: number) {
  let x = 0;
  return states.map((each) => {
    const width = (100 * each.recipients) / all;
    const place = { ...each, x, width: Math.max(0.1, width - 0.15) };
    x += width;
    return place;
  });
}
