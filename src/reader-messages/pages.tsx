/** Renders the form for a message to the author, and the pages after it. */
import type { Child } from "hono/jsx";
import { messagesKeptFor } from "../db/reader-message-tables.ts";
import { turnstileScript } from "../http/turnstile.ts";
import type { CatalogueEntry } from "../library/catalogue.ts";
import { titleOf } from "../library/language.ts";
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";
import type { PageContext } from "../ui/page-context.ts";
import { honeypot } from "../ui/subscribe-form.tsx";
import { type Draft, maxLengths } from "./draft.ts";
import type { Mistake } from "./parse-message.ts";

interface FrameProps {
  readonly page: PageContext;
  readonly title: string;
  readonly entry?: CatalogueEntry | undefined;
  readonly lead?: string;
  readonly children: Child;
}

/** These pages are not indexed, so they have no canonical URL. */
const Frame = ({ page, title, entry, lead, children }: FrameProps) => (
  <Document
    page={page}
    title={title}
    description={title}
    book={entry?.book}
    styles={[page.catalogue.manifest.assets.companionsStyle]}
  >
    <article class="reading reader-message">
      <header class="text-header">
        <h1>{title}</h1>
        {lead !== undefined && <p class="standfirst">{lead}</p>}
      </header>
      <div class="body">{children}</div>
    </article>
  </Document>
);

/** Why a form is shown again. */
export type Refusal = "elsewhere" | "notChecked" | "tooMany";

interface MessagePageProps {
  readonly page: PageContext;
  readonly draft: Draft;
  readonly mistake?: Mistake | undefined;
  readonly refusal?: Refusal | undefined;
  /** For Cloudflare Turnstile, if it is set up. */
  readonly siteKey: string | undefined;
}

export function MessagePage(props: MessagePageProps) {
  const { page, draft, siteKey } = props;
  const words = page.words.readerMessages;
  return (
    <Frame page={page} title={words.title} entry={draft.entry} lead={words.lead}>
      <MessageForm {...props} />
      {siteKey !== undefined && <script src={turnstileScript} async defer></script>}
      <h2>{words.privacy.title}</h2>
      <p>{words.privacy.text(messagesKeptFor.message, messagesKeptFor.address)}</p>
    </Frame>
  );
}

function MessageForm({ page, draft, mistake, refusal, siteKey }: MessagePageProps) {
  const words = page.words.readerMessages;
  return (
    <form class="message-form" method="post" action={href.correct()}>
      {refusal !== undefined && (
        <p class="form-error" role="alert">
          {words[refusal]}
        </p>
      )}
      {draft.entry && (
        <p class="message-about">
          {words.about} <TextLink entry={draft.entry} fragment={draft.fragment} />
        </p>
      )}
      <PassageFields words={words} draft={draft} />
      <MessageFields words={words} draft={draft} mistake={mistake} />
      <input type="hidden" name="text" value={draft.entry?.id ?? ""} />
      <input type="hidden" name="at" value={draft.fragment} />
      <input type="hidden" name="form" value={draft.form} />
      <div class="honeypot" aria-hidden="true">
        <label for="message-website">{page.words.frame.leaveEmpty}</label>{" "}
        <input id="message-website" type="text" name={honeypot} tabindex={-1} autocomplete="off" />
      </div>
      {siteKey !== undefined && (
        <>
          <div class="cf-turnstile" data-sitekey={siteKey}></div>
          <noscript>
            <p class="form-error">{words.needsScript}</p>
          </noscript>
        </>
      )}
      <button type="submit" class="button">
        {words.send}
      </button>
    </form>
  );
}

interface FieldsProps {
  readonly words: PageContext["words"]["readerMessages"];
  readonly draft: Draft;
}

const PassageFields = ({ words, draft }: FieldsProps) => (
  <>
    <Field id="message-quote" label={words.quote} hint={words.quoteHint}>
      <textarea
        id="message-quote"
        name="quote"
        rows={2}
        dir="auto"
        maxlength={maxLengths.quote}
        aria-describedby="message-quote-hint"
      >
        {draft.quote}
      </textarea>
    </Field>
    <Field id="message-place" label={words.place} hint={words.placeHint}>
      <input
        id="message-place"
        type="text"
        name="place"
        dir="auto"
        value={draft.place}
        maxlength={maxLengths.place}
        autocomplete="off"
        aria-describedby="message-place-hint"
      />
    </Field>
  </>
);

function MessageFields({ words, draft, mistake }: FieldsProps & { readonly mistake: Mistake | undefined }) {
  const errorAt = (field: Mistake["field"]) => (mistake?.field === field ? words[mistake.problem] : undefined);
  return (
    <>
      <Field id="message-text" label={words.message} error={errorAt("message")}>
        <textarea
          id="message-text"
          name="message"
          rows={6}
          dir="auto"
          required
          maxlength={maxLengths.message}
          {...invalid("message-text", errorAt("message"))}
        >
          {draft.message}
        </textarea>
      </Field>
      <Field id="message-email" label={words.email} hint={words.emailHint} error={errorAt("email")}>
        <input
          id="message-email"
          type="email"
          name="email"
          value={draft.email}
          maxlength={maxLengths.email}
          autocomplete="email"
          aria-describedby="message-email-hint"
          {...invalid("message-email", errorAt("email"), "message-email-hint")}
        />
      </Field>
    </>
  );
}

/** Attributes of a field with an error. */
const invalid = (id: string, error: string | undefined, hint?: string) =>
  error === undefined
    ? {}
    : {
        "aria-invalid": "true" as const,
        "aria-describedby": [`${id}-error`, ...(hint === undefined ? [] : [hint])].join(" "),
        autofocus: true,
      };

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly children: Child;
}

const Field = ({ id, label, hint, error, children }: FieldProps) => (
  <div class="message-field">
    <label for={id}>{label}</label>{" "}
    {hint !== undefined && (
      <p class="message-hint" id={`${id}-hint`}>
        {hint}
      </p>
    )}
    {error !== undefined && (
      <p class="form-error" id={`${id}-error`}>
        {error}
      </p>
    )}
    {children}
  </div>
);

const TextLink = ({ entry, fragment }: { readonly entry: CatalogueEntry; readonly fragment: string }) => {
  const titled = entry.isOverview ? entry.book : entry.chapter;
  return (
    <a href={entry.path + (fragment === "" ? "" : `#${encodeURIComponent(fragment)}`)} {...titleOf(titled)}>
      {titled.title}
    </a>
  );
};

interface SentPageProps {
  readonly page: PageContext;
  readonly entry: CatalogueEntry | undefined;
  readonly fragment: string;
}

export function SentPage({ page, entry, fragment }: SentPageProps) {
  const words = page.words.readerMessages.sent;
  return (
    <Frame page={page} title={words.title} entry={entry}>
      <p>{words.text}</p>
      <p>
        {entry ? (
          words.back(<TextLink entry={entry} fragment={fragment} />)
        ) : (
          <a href={href.home()}>{page.words.frame.backToLibrary}</a>
        )}
      </p>
    </Frame>
  );
}

export const TooLargePage = ({ page }: { readonly page: PageContext }) => (
  <Frame page={page} title={page.words.readerMessages.tooLarge.title}>
    <p>{page.words.readerMessages.tooLarge.text(maxLengths.message)}</p>
  </Frame>
);
