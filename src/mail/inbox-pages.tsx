/** The pages of the local inbox: the list, and one mail as different programs would show it. */
import type { Child } from "hono/jsx";
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";
import type { PageContext } from "../ui/page-context.ts";
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

/** How the HTML of a mail is served into its frame. */
export const looks = ["light", "dark", "images-off"] as const;
export type Look = (typeof looks)[number];

const viewNames: Readonly<Record<View, string>> = {
  html: "HTML",
  phone: "Phone",
  "images-off": "Images off",
  dark: "Dark",
  text: "Text",
  headers: "Headers",
};

const Frame = ({ page, title, children }: { page: PageContext; title: string; children?: Child }) => (
  <Document page={page} title={title} description={title}>
    <link rel="stylesheet" href={inboxHref.style()} />
    <article class="reading inbox">
      <header class="text-header">
        <p class="kicker">
          <a href={inboxHref.list()}>Local inbox</a>
        </p>
        <h1>{title}</h1>
      </header>
      {children}
    </article>
  </Document>
);

export const InboxPage = ({
  page,
  entries,
}: {
  readonly page: PageContext;
  readonly entries: readonly InboxEntry[];
}) => (
  <Frame page={page} title="Local test emails">
    {entries.length === 0 ? (
      <div class="body">
        <p>
          No emails yet. To get one here, open <a href={href.newsletter()}>the newsletter page</a>, enter any address,
          such as reader@example.org, and submit the form: the confirmation email appears in this list.
        </p>
      </div>
    ) : (
      <>
        <ol class="inbox-list">
          {entries.map(({ id, at, to, subject }) => (
            <li>
              <a href={inboxHref.mail(id)}>
                <span class="inbox-subject">{subject || "(no subject)"}</span>{" "}
                <span class="inbox-to">
                  To {to}, <time datetime={at}>{printedTime(at)}</time>
                </span>
              </a>
            </li>
          ))}
        </ol>
        <form method="post" action={inboxHref.clear()}>
          <button class="inbox-clear" type="submit">
            Empty the inbox
          </button>
        </form>
      </>
    )}
  </Frame>
);

export const MailPage = ({
  page,
  message,
  view,
}: {
  readonly page: PageContext;
  readonly message: InboxMessage;
  readonly view: View;
}) => (
  <Frame page={page} title={message.subject || "(no subject)"}>
    <dl class="inbox-facts">
      <dt>From</dt>
      <dd>{message.from}</dd>
      <dt>To</dt>
      <dd>{message.to}</dd>
      <dt>Sent</dt>
      <dd>
        <time datetime={message.at}>{printedTime(message.at)}</time>, {kilobytes(message.html)} of HTML
      </dd>
    </dl>
    <nav class="inbox-views" aria-label="Preview modes">
      {views.map((name) => (
        <>
          <a href={inboxHref.mail(message.id, name)} aria-current={name === view ? "page" : undefined}>
            {viewNames[name]}
          </a>{" "}
        </>
      ))}
    </nav>
    <MailView message={message} view={view} />
  </Frame>
);

function MailView({ message, view }: { readonly message: InboxMessage; readonly view: View }) {
  switch (view) {
    case "text":
      return <pre class="inbox-text">{message.text}</pre>;
    case "headers":
      return <Headers message={message} />;
    default:
      return (
        <iframe
          class={`inbox-mail${view === "phone" ? " is-phone" : ""}${view === "dark" ? " is-dark" : ""}`}
          title={`The email: ${message.subject}`}
          src={inboxHref.body(message.id, lookOf(view))}
          // Links open in a tab of their own; nothing else of the mail comes alive.
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      );
  }
}

const lookOf = (view: "html" | "phone" | "images-off" | "dark"): Look =>
  view === "dark" || view === "images-off" ? view : "light";

function Headers({ message }: { readonly message: InboxMessage }) {
  const given = Object.entries(message.headers);
  const all: readonly (readonly [string, string])[] = [
    ["Date", message.at],
    ["From", message.from],
    ["To", message.to],
    ["Subject", message.subject],
    ...given,
    ...(message.idempotencyKey === undefined
      ? []
      : [["Idempotency-Key (of the batch)", message.idempotencyKey] as const]),
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

const kilobytes = (text: string): string => `${(new TextEncoder().encode(text).byteLength / 1024).toFixed(1)} KB`;

const time = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "medium", timeZone: "UTC" });
const printedTime = (at: string): string => `${time.format(new Date(at))} UTC`;
