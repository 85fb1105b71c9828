/** Single letters, such as the one that asks to confirm: how many of each kind, and how they ended. */
import { NumbersTable } from "./chart.tsx";
import { letterName } from "./names.ts";
import { counted, printedCount } from "./numbers.ts";
import type { LetterCount } from "./subscriber-queries.ts";

const ends = [
  ["accepted", "Sent"],
  ["queued", "Waiting"],
  ["uncertain", "Uncertain"],
  ["failed", "Failed"],
] as const;

export function LetterList({ letters }: { readonly letters: readonly LetterCount[] }) {
  const sum = (holds: (letter: LetterCount) => boolean) =>
    letters.filter(holds).reduce((total, { count }) => total + count, 0);
  const uncertain = sum(({ state }) => state === "uncertain");
  const failed = sum(({ state }) => state === "failed");
  const kinds = [...new Set(letters.map(({ kind }) => kind))];
  return (
    <section aria-labelledby="letters">
      <h2 id="letters">Single letters of the last thirty days</h2>
      {letters.length === 0 ? (
        <p class="quiet">None was written in this time. One asks each new reader to confirm.</p>
      ) : (
        <>
          {uncertain > 0 && (
            <p>
              {`${counted(uncertain, "letter")} may not have arrived: Resend gave no answer while it could still tell a repeated request from a new one, so ${uncertain === 1 ? "it is" : "they are"} not sent again. Whoever misses one asks for it anew with the form.`}
            </p>
          )}
          {failed > 0 && (
            <p>
              {`${counted(failed, "letter")} did not go out: refused, bounced, or too late for the link in ${failed === 1 ? "it" : "them"}.`}
            </p>
          )}
          <section class="table" tabindex={0} aria-label="Single letters: the numbers">
            <NumbersTable
              head={["Letter", ...ends.map(([, name]) => name)]}
              rows={kinds.map((kind) => [
                letterName(kind),
                ...ends.map(([state]) => printedCount(sum((letter) => letter.kind === kind && letter.state === state))),
              ])}
            />
          </section>
        </>
      )}
    </section>
  );
}
