/** Single letters, such as the one that asks to confirm: how many of each kind, and how they ended. */
import { NumbersTable } from "../chart.tsx";
import { messageName } from "../names.ts";
import { counted, printedCount } from "../numbers.ts";
import type { MessageCount } from "./subscriber-queries.ts";

const ends = [
  ["accepted", "Sent"],
  ["queued", "Waiting"],
  ["uncertain", "Uncertain"],
  ["failed", "Failed"],
] as const;

export function MessageList({ messages }: { readonly messages: readonly MessageCount[] }) {
  const sum = (holds: (message: MessageCount) => boolean) =>
    messages.filter(holds).reduce((total, { count }) => total + count, 0);
  const uncertain = sum(({ state }) => state === "uncertain");
  const failed = sum(({ state }) => state === "failed");
  const kinds = [...new Set(messages.map(({ kind }) => kind))];
  return (
    <section aria-labelledby="letters">
      <h2 id="letters">Transactional emails, last 30 days</h2>
      {messages.length === 0 ? (
        <p class="quiet">None in this period. Each new subscriber gets one to confirm.</p>
      ) : (
        <>
          {uncertain > 0 && (
            <p>
              {`${counted(uncertain, "email")} may not have arrived: Resend did not answer while the idempotency key was valid, so ${uncertain === 1 ? "it is" : "they are"} not retried. Anyone who misses one can request it again with the form.`}
            </p>
          )}
          {failed > 0 && (
            <p>
              {`${counted(failed, "email")} failed: rejected, bounced, or sent too late for the link in ${failed === 1 ? "it" : "them"}.`}
            </p>
          )}
          <section class="table" tabindex={0} aria-label="Transactional emails: the numbers">
            <NumbersTable
              head={["Email", ...ends.map(([, name]) => name)]}
              rows={kinds.map((kind) => [
                messageName(kind),
                ...ends.map(([state]) =>
                  printedCount(sum((message) => message.kind === kind && message.state === state)),
                ),
              ])}
            />
          </section>
        </>
      )}
    </section>
  );
}
