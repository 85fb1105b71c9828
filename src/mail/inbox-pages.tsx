/** Renders the pages of the local inbox: the list, and one email as different email clients would show it. */
import type { Child } from "hono/jsx";
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";
import type { PageContext } from "../ui/page-context.ts";
import type { Words } from "../ui/words/words.ts";
import type { InboxEntry, InboxMessage } from "./inbox.ts";

const inboxPath = href.inbox();

/** Paths of the inbox, which exists on the author's machine only. */
export const inboxHref = {
  list: () => inboxPath,
  clear: () => `${inboxPath}/clear`,
  style: () => `${inboxPath}/style.css`,
  mail: (id: string, view?: View) =>
    `${inboxPath}/mail/${encodeURIComponent(id)}${view === undefined || view === "html" ? "" : `?view=${view}`}`,
  body: (id: string, look: Look) => `${inboxPath}/mail/${encodeURIComponent(id)}/${look}`,
} as const;

export const views = ["html", "phone", "images-off", "dark", "text", "headers"] as const;
export type View = (typeof views)[number];

/** How the HTML of an email is served to its frame. */
export const looks = ["light", "dark", "images-off"] as const;
export type Look = (typeof looks)[number];

const Frame = ({ page, title, children }: { page: PageContext; title: string; children?: Child }) => (
  <Document page={page} title={title} description={title}>
    <link rel="stylesheet" href={inboxHref.style()} />
    <article class="reading inbox">
      <header class="text-header">
        <p class="kicker">
          <a href={inboxHref.list()}>{page.words.inbox.name}</a>
        </p>
        <h1>{title}</h1>
      </header>
      {children}
    </article>
  </Document>
);

interface InboxProps {
  readonly page: PageContext;
  readonly entries: readonly InboxEntry[];
}

export const InboxPage = ({ page, entries }: InboxProps) => (
  <Frame page={page} title={page.words.inbox.title}>
    {entries.length === 0 ? (
      <div class="body">
        <p>
          {page.words.inbox.empty((newsletter) => (
            <a href={href.newsletter()}>{newsletter}</a>
          ))}
        </p>
      </div>
    ) : (
      <>
        <ol class="inbox-list">
          {entries.map(({ id, at, to, subject }) => (
            <li>
              <a href={inboxHref.mail(id)}>
                <span class="inbox-subject">{subject || page.words.inbox.noSubject}</span>{" "}
                <span class="inbox-to">{page.words.inbox.sentTo(to, <Time words={page.words} at={at} />)}</span>
              </a>
            </li>
          ))}
        </ol>
        <form method="post" action={inboxHref.clear()}>
          <button class="inbox-clear" type="submit">
            {page.words.inbox.clear}
          </button>
        </form>
      </>
    )}
  </Frame>
);

interface MailProps {
  readonly page: PageContext;
  readonly message: InboxMessage;
  readonly view: View;
}

export function MailPage({ page, message, view }: MailProps) {
  const { inbox } = page.words;
  const size = new TextEncoder().encode(message.html).byteLength;
  return (
    <Frame page={page} title={message.subject || inbox.noSubject}>
      <dl class="inbox-facts">
        <dt>{inbox.from}</dt>
        <dd>{message.from}</dd>
        <dt>{inbox.to}</dt>
        <dd>{message.to}</dd>
        <dt>{inbox.sent}</dt>
        <dd>{inbox.timeAndSize(<Time words={page.words} at={message.at} />, size)}</dd>
      </dl>
      <nav class="inbox-views" aria-label={inbox.modes}>
        {views.map((name) => (
          <>
            <a href={inboxHref.mail(message.id, name)} aria-current={name === view ? "page" : undefined}>
              {inbox.views[name]}
            </a>{" "}
          </>
        ))}
      </nav>
      <MailView page={page} message={message} view={view} />
    </Frame>
  );
}

const Time = ({ words, at }: { readonly words: Words; readonly at: string }) => (
  <time datetime={at}>{words.inbox.time(words.dates.second(at))}</time>
);

function MailView({ page, message, view }: MailProps) {
  switch (view) {
    case "text":
      return <pre class="inbox-text">{message.text}</pre>;
    case "headers":
      return <Headers page={page} message={message} />;
    default:
      return (
        <iframe
          class={`inbox-mail${view === "phone" ? " is-phone" : ""}${view === "dark" ? " is-dark" : ""}`}
          title={page.words.inbox.email(message.subject)}
          src={inboxHref.body(message.id, lookOf(view))}
          // Links open in a new tab; everything else in the email is inert.
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      );
  }
}

const lookOf = (view: "html" | "phone" | "images-off" | "dark"): Look =>
  view === "dark" || view === "images-off" ? view : "light";

/** Names of headers are not translated. */
function Headers({ page, message }: Omit<MailProps, "view">) {
  const given = Object.entries(message.headers);
  const all: readonly (readonly [string, string])[] = [
    ["Date", message.at],
    ["From", message.from],
    ["To", message.to],
    ["Subject", message.subject],
    ...given,
    ...(message.idempotencyKey === undefined
      ? []
      : [[page.words.inbox.idempotencyKey, message.idempotencyKey] as const]),
  ];
  return (
    <dl class="inbox-facts">
      {all.map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}
