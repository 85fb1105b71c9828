/** Asks for confirmation before a message from a reader is deleted. */
import { href } from "../../routes.ts";
import { ActForm } from "../act-form.tsx";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { MessageHead, MessageText } from "./message-list.tsx";
import type { ReaderMessage } from "./message-queries.ts";

interface DeleteMessageProps {
  readonly page: DeskPageProps["page"];
  readonly message: ReaderMessage;
}

export function DeleteMessagePage({ page, message }: DeleteMessageProps) {
  const { feedback, forms, readerMessages: words } = page.words.desk;
  return (
    <DeskPage page={page} title={words.deleteTitle} section="messages" isBelow lead={words.deleteLead}>
      <ul class="reader-messages">
        <li>
          <MessageHead page={page} message={message} />
          <MessageText message={message} />
        </li>
      </ul>
      <p>{feedback.deleteWords}</p>
      <ActForm
        page={page}
        action={href.deskDeleteMessage(message.id)}
        label={words.delete}
        look="button button-warning"
      />
      <p>
        <a href={href.deskMessages(message.state)}>{forms.cancel}</a>
      </p>
    </DeskPage>
  );
}
