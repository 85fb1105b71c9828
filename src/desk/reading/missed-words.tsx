/** Renders the words that readers searched for without a result: what the library may lack. */
import { href } from "../../routes.ts";
import type { Words } from "../../ui/words/words.ts";
import { TableHead } from "../table-head.tsx";
import type { MissedWord } from "./reading-queries.ts";

interface MissedWordsProps {
  readonly words: Words["desk"];
  /** By month, the most frequent first. */
  readonly missed: readonly MissedWord[];
  /** Without a signing key, searches are not counted. */
  readonly isCounted: boolean;
}

export function MissedWords({ words: { numbers, searches }, missed, isCounted }: MissedWordsProps) {
  return (
    <section>
      <h2>{searches.title}</h2>
      {missed.length === 0 ? (
        <p class="quiet">{isCounted ? searches.none : searches.notCounted}</p>
      ) : (
        [...Map.groupBy(missed, ({ month }) => month)].map(([month, listed]) => (
          <table class="numbers">
            <caption>{searches.month(`${month}-01`)}</caption>
            <TableHead names={searches.word} numbers={[searches.count]} />
            <tbody>
              {listed.map(({ word, count }) => (
                <tr>
                  <th scope="row">
                    <a href={href.search({ q: word })} dir="auto">
                      {word}
                    </a>
                  </th>
                  <td class="number">{numbers.count(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))
      )}
    </section>
  );
}
