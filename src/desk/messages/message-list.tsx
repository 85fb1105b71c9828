/** Lists messages from readers, each with what the author can do about it. */
import { type ReaderMessageState, readerMessageStates } from "../../db/reader-message-tables.ts";
import { href } from "../../routes.ts";
import { isoDay } from "../../ui/dates.ts";
import { ActForm } from "../act-form.tsx";
import type { DeskPageProps } from "../desk-page.tsx";
import { pageName, placesByPage } from "../names.ts";
import { answerLink } from "./answer-link.ts";
import { changesEntry } from "./changes-entry.ts";
import type { ReaderMessage } from "./message-queries.ts";
import { passageUrl } from "./passage-url.ts";

interface ListProps {
  readonly page: DeskPageProps["page"];
  readonly messages: readonly ReaderMessage[];
  readonly now: number;
}

export const MessageList = ({ page, messages, now }: ListProps) => (
  <ul class="reader-messages">
    {messages.map((message) => (
      <li>
        <MessageHead page={page} message={message} />
        <MessageText message={message} />
        <div class="message-acts">
          <AnswerLink page={page} message={message} />
          {readerMessageStates
            .filter((state) => state !== message.state)
            .map((state) => (
              <MarkForm page={page} message={message} state={state} />
            ))}
          <DeleteLink page={page} message={message} />
        </div>
        {message.page !== null && <ChangesEntry page={page} message={message} now={now} />}
      </li>
    ))}
  </ul>
);

interface MessageProps {
  readonly page: DeskPageProps["page"];
  readonly message: ReaderMessage;
}

/** The chapter, the place in it, and the time. */
export function MessageHead({ page, message }: MessageProps) {
  const { dates, readerMessages: words } = page.words.desk;
  const { at, closedAt, place, state } = message;
  return (
    <p class="message-head">
      {message.page === null ? (
        words.noText
      ) : (
        <a href={href.deskReading(message.page)}>{pageName(page, message.page)}</a>
      )}{" "}
      {place !== null && <bdi>{place}</bdi>} <PassageLink page={page} message={message} />{" "}
      <time datetime={at}>{dates.moment(at)}</time>{" "}
      {closedAt !== null && <span>{words.closed(words.states[state], dates.moment(closedAt))}</span>}
    </p>
  );
}

/** Of a text that is public now. */
function PassageLink({ page, message }: MessageProps) {
  const { manifest, byPath } = page.catalogue;
  const entry = message.page === null ? undefined : placesByPage(manifest).get(message.page);
  if (!entry || !byPath.has(entry.path)) return null;
  return <a href={passageUrl(entry.path, message)}>{page.words.desk.readerMessages.view}</a>;
}

/** The passage and the message, with the reader's line breaks. */
export const MessageText = ({ message: { quote, message } }: Pick<MessageProps, "message">) => (
  <>
    {quote !== null && (
      <blockquote dir="auto">
        <p>{quote}</p>
      </blockquote>
    )}
    <p class="message-text" dir="auto">
      {message}
    </p>
  </>
);

function AnswerLink({ page, message: { page: key, email, quote, message } }: MessageProps) {
  if (email === null) return null;
  const words = page.words.desk.readerMessages;
  const name = key === null ? undefined : pageName(page, key);
  const subject = words.subject(name, page.catalogue.manifest.title);
  return (
    <a
      class="button button-quiet"
      href={answerLink({ address: email, subject, greeting: words.greeting, quote, message })}
      aria-label={words.answerNamed(email)}
    >
      {words.answer}
    </a>
  );
}

const MarkForm = ({ page, message, state }: MessageProps & { readonly state: ReaderMessageState }) => (
  <ActForm
    page={page}
    action={href.deskMessages()}
    fields={{ id: message.id, state }}
    label={page.words.desk.readerMessages.mark[state]}
    look="button button-quiet"
  />
);

function DeleteLink({ page, message: { id, at } }: MessageProps) {
  if (page.formToken === undefined) return null;
  const { dates, readerMessages: words } = page.words.desk;
  return (
    <a class="button button-quiet" href={href.deskDeleteMessage(id)} aria-label={words.deleteNamed(dates.moment(at))}>
      {words.delete}
    </a>
  );
}

const ChangesEntry = ({ page, message, now }: MessageProps & { readonly now: number }) => (
  <details class="message-change">
    <summary>{page.words.desk.readerMessages.change}</summary>
    <p class="quiet">{page.words.desk.readerMessages.changeHint}</p>
    <div class="listing" data-language="yaml">
      <pre tabindex={0}>
        <code>{changesEntry(message, isoDay(new Date(now).toISOString()))}</code>
      </pre>
    </div>
  </details>
);
