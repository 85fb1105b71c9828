/** A short list of names with their numbers and a bar each: where views came from, where readers went. */
import { printedCount, printedShare } from "../numbers.ts";
import { TableHead } from "../table-head.tsx";
import type { Flow } from "./reading-figures.ts";

interface FlowListProps {
  readonly caption: string;
  readonly head: string;
  readonly flows: readonly Flow[];
  readonly nameOf: (name: string) => string;
  readonly hrefOf?: (name: string) => string | undefined;
  /** What the shares are of. */
  readonly of: number;
  readonly most?: number;
  /** Said when there are none. */
  readonly empty: string;
}

/** The rest is added up in a last row. */
export function RankedList({ caption, head, flows, nameOf, hrefOf, of, most = 10, empty }: FlowListProps) {
  if (flows.length === 0) return <p class="quiet">{empty}</p>;
  const shown = flows.slice(0, most);
  const rest = flows.slice(most).reduce((sum, { count }) => sum + count, 0);
  const widest = Math.max(1, ...shown.map(({ count }) => count));
  return (
    <table class="numbers flows">
      <caption>{caption}</caption>
      <TableHead names={head} numbers={["Views", "Share"]} />
      <tbody>
        {shown.map(({ name, count }) => {
          const target = hrefOf?.(name);
          const words = nameOf(name);
          return (
            <tr>
              <th scope="row">
                {target === undefined ? words : <a href={target}>{words}</a>}
                <span class="flow-bar" style={`inline-size: ${((100 * count) / widest).toFixed(1)}%`}></span>
              </th>
              <td class="number">{printedCount(count)}</td>
              <td class="number">{printedShare(count, of)}</td>
            </tr>
          );
        })}
        {rest > 0 && (
          <tr>
            <th scope="row">{`${printedCount(flows.length - most)} others`}</th>
            <td class="number">{printedCount(rest)}</td>
            <td class="number">{printedShare(rest, of)}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
