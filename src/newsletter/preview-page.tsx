/** Renders the preview of an email: in a frame, as different clients would show it, and as plain text. */
import type { Look } from "../mail/inbox-pages.tsx";
import type { Message } from "../mail/mailer.ts";
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";
import type { PageContext } from "../ui/page-context.ts";

export const previewViews = ["html", "phone", "images-off", "dark", "text"] as const;
type PreviewView = (typeof previewViews)[number];

interface PreviewMailPageProps {
  readonly page: PageContext;
  readonly token: string;
  readonly message: Message;
  readonly view: PreviewView;
  readonly banner: string;
}

export function PreviewMailPage({ page, token, message, view, banner }: PreviewMailPageProps) {
  const { mailPreview } = page.words;
  return (
    <Document page={page} title={message.subject} description={banner}>
      <link rel="stylesheet" href={href.previewMail(token, "style.css")} />
      <p class="preview-banner">
        {banner} <a href={href.preview(token)}>{mailPreview.asPage}</a>
      </p>
      <article class="reading inbox">
        <header class="text-header">
          <h1>{message.subject}</h1>
        </header>
        <dl class="inbox-facts">
          <dt>{mailPreview.from}</dt>
          <dd>{message.from}</dd>
          <dt>{mailPreview.size}</dt>
          <dd>{mailPreview.htmlSize(new TextEncoder().encode(message.html).byteLength)}</dd>
        </dl>
        <nav class="inbox-views" aria-label={mailPreview.modes}>
          {previewViews.map((name) => (
            <a
              href={name === "html" ? href.previewMail(token) : `${href.previewMail(token)}?view=${name}`}
              aria-current={name === view ? "page" : undefined}
            >
              {mailPreview.views[name]}
            </a>
          ))}
        </nav>
        {view === "text" ? (
          <pre class="inbox-text">{message.text}</pre>
        ) : (
          <iframe
            class={`inbox-mail${view === "phone" ? " is-phone" : ""}${view === "dark" ? " is-dark" : ""}`}
            title={mailPreview.email(message.subject)}
            src={href.previewMail(token, lookOf(view))}
            // Links open in a new tab; nothing else in the email is active.
            sandbox="allow-popups allow-popups-to-escape-sandbox"
          />
        )}
      </article>
    </Document>
  );
}

const lookOf = (view: Exclude<PreviewView, "text">): Look =>
  view === "dark" || view === "images-off" ? view : "light";
