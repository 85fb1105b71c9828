/** Lists messages from readers in one state, newest first. */
import { type ReaderMessageState, readerMessageStates } from "../../db/reader-message-tables.ts";
import { href } from "../../routes.ts";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { MessageList } from "./message-list.tsx";
import type { ReaderMessage } from "./message-queries.ts";

export const messagesAtOnce = 20;

interface MessagesPageProps {
  readonly page: DeskPageProps["page"];
  readonly state: ReaderMessageState;
  readonly counts: readonly { readonly state: ReaderMessageState; readonly count: number }[];
  readonly messages: readonly ReaderMessage[];
  /** Whether there are older messages. */
  readonly hasMore: boolean;
  readonly now: number;
}

export function MessagesPage({ page, state, counts, messages, hasMore, now }: MessagesPageProps) {
  const words = page.words.desk.readerMessages;
  const last = messages.at(-1);
  return (
    <DeskPage page={page} title={page.words.desk.frame.sections.messages} section="messages" lead={words.lead}>
      <nav class="view-links message-states" aria-label={words.filter}>
        {readerMessageStates.map((each) => (
          <>
            <a href={href.deskMessages(each)} aria-current={each === state ? "true" : undefined}>
              {words.stateCount(words.states[each], counts.find((one) => one.state === each)?.count ?? 0)}
            </a>{" "}
          </>
        ))}
      </nav>
      {messages.length === 0 ? (
        <p class="quiet">{words.none[state]}</p>
      ) : (
        <MessageList page={page} messages={messages} now={now} />
      )}
      {hasMore && last && (
        <p>
          <a href={`${href.deskMessages(state)}&${new URLSearchParams({ at: last.at, after: last.id })}`}>
            {words.older}
          </a>
        </p>
      )}
    </DeskPage>
  );
}
