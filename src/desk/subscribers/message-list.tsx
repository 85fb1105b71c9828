/** Renders transactional emails by kind and outcome. */
import type { Words } from "../../ui/words/words.ts";
import { NumbersTable } from "../chart.tsx";
import { messageName } from "../names.ts";
import type { MessageCount } from "./subscriber-queries.ts";

const ends = ["accepted", "queued", "uncertain", "failed"] as const;

interface MessageListProps {
  readonly words: Words["desk"];
  readonly messages: readonly MessageCount[];
}

export function MessageList({ words: desk, messages }: MessageListProps) {
  const words = desk.messages;
  const sum = (holds: (message: MessageCount) => boolean) =>
    messages.filter(holds).reduce((total, { count }) => total + count, 0);
  const uncertain = sum(({ state }) => state === "uncertain");
  const failed = sum(({ state }) => state === "failed");
  const kinds = [...new Set(messages.map(({ kind }) => kind))];
  return (
    <section aria-labelledby="letters">
      <h2 id="letters">{words.title}</h2>
      {messages.length === 0 ? (
        <p class="quiet">{words.none}</p>
      ) : (
        <>
          {uncertain > 0 && <p>{words.uncertain(uncertain)}</p>}
          {failed > 0 && <p>{words.failed(failed)}</p>}
          <section class="table" tabindex={0} aria-label={words.numbers}>
            <NumbersTable
              head={[words.email, ...ends.map((end) => words.ends[end])]}
              rows={kinds.map((kind) => [
                messageName(desk, kind),
                ...ends.map((end) =>
                  desk.numbers.count(sum((message) => message.kind === kind && message.state === end)),
                ),
              ])}
            />
          </section>
        </>
      )}
    </section>
  );
}
