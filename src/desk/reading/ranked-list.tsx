/** Renders a ranked list of names with counts and bars, such as referrers. */
import type { Words } from "../../ui/words/words.ts";
import { printedShare } from "../numbers.ts";
import { TableHead } from "../table-head.tsx";
import type { Flow } from "./reading-figures.ts";

interface FlowListProps {
  readonly words: Words["desk"];
  readonly caption: string;
  readonly head: string;
  readonly flows: readonly Flow[];
  readonly nameOf: (name: string) => string;
  readonly hrefOf?: (name: string) => string | undefined;
  /** Total that the shares refer to. */
  readonly of: number;
  readonly most?: number;
  /** Shown if there are no rows. */
  readonly empty: string;
}

/** Shows at most `most` rows; a last row sums up the rest. */
export function RankedList({ words, caption, head, flows, nameOf, hrefOf, of, most = 10, empty }: FlowListProps) {
  if (flows.length === 0) return <p class="quiet">{empty}</p>;
  const { numbers, measures, reading } = words;
  const shown = flows.slice(0, most);
  const rest = flows.slice(most).reduce((sum, { count }) => sum + count, 0);
  const widest = Math.max(1, ...shown.map(({ count }) => count));
  return (
    <table class="numbers flows">
      <caption>{caption}</caption>
      <TableHead names={head} numbers={[measures.views, measures.share]} />
      <tbody>
        {shown.map(({ name, count }) => {
          const target = hrefOf?.(name);
          const called = nameOf(name);
          return (
            <tr>
              <th scope="row">
                {target === undefined ? called : <a href={target}>{called}</a>}
                <span class="flow-bar" style={`inline-size: ${((100 * count) / widest).toFixed(1)}%`}></span>
              </th>
              <td class="number">{numbers.count(count)}</td>
              <td class="number">{printedShare(numbers, count, of)}</td>
            </tr>
          );
        })}
        {rest > 0 && (
          <tr>
            <th scope="row">{reading.others(flows.length - most)}</th>
            <td class="number">{numbers.count(rest)}</td>
            <td class="number">{printedShare(numbers, rest, of)}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
