/**
 * Renders the subscribe form. It works without a script and is on cached pages, so it contains nothing personal, unless
 * its page is the response to a submitted form.
 */
import { pageIds } from "../library/page-ids.ts";
import { href } from "../routes.ts";
import type { Words } from "./words/words.ts";

/** The consent wording at the button, the same wherever the form is: stored with each request. */
export const subscribeWording = ({ subscribe }: Words): string =>
  `${subscribe.title}. ${subscribe.promise} ${subscribe.button}`;

/** A hidden field: only bots fill it in. */
export const honeypot = "website";

/** Maximum length of an email address, in characters. */
const maxLength = 254;

interface Props {
  readonly words: Words;
  /** Path of the page with the form. */
  readonly page: string;
  /** The value as entered, when the form is shown again. */
  readonly value?: string | undefined;
  /** What is wrong with the value. */
  readonly error?: string | undefined;
  /** For Cloudflare Turnstile, if it is set up. */
  readonly siteKey?: string | undefined;
}

export const SubscribeForm = ({ words, page, value, error, siteKey }: Props) => (
  <form class="subscribe-form" method="post" action={href.subscribe()}>
    <div class="subscribe-field">
      <label for={pageIds.subscribeEmail}>{words.subscribe.email}</label>{" "}
      <input
        id={pageIds.subscribeEmail}
        type="email"
        name="email"
        required
        maxlength={maxLength}
        autocomplete="email"
        value={value}
        aria-invalid={error === undefined ? undefined : "true"}
        aria-describedby={error === undefined ? undefined : pageIds.subscribeError}
      />
    </div>
    {error !== undefined && (
      <p class="form-error" id={pageIds.subscribeError}>
        {error}
      </p>
    )}
    <input type="hidden" name="page" value={page} />
    <div class="honeypot" aria-hidden="true">
      <label for={pageIds.subscribeWebsite}>{words.frame.leaveEmpty}</label>{" "}
      <input id={pageIds.subscribeWebsite} type="text" name={honeypot} tabindex={-1} autocomplete="off" />
    </div>
    {siteKey !== undefined && (
      <>
        <div class="cf-turnstile" data-sitekey={siteKey}></div>
        <noscript>
          <p class="form-error">
            {words.subscribe.needsScript((feed) => (
              <a href={href.feed()}>{feed}</a>
            ))}
          </p>
        </noscript>
      </>
    )}
    <button type="submit" class="button">
      {words.subscribe.button}
    </button>
  </form>
);

/** The form with its introduction, for the foot of a page. */
export const SubscribeBand = ({ words, page }: Pick<Props, "words" | "page">) => (
  <section class="subscribe-band" aria-labelledby={pageIds.newsletter}>
    <div class="subscribe-words">
      <h2 id={pageIds.newsletter}>{words.subscribe.title}</h2>
      <p>
        {words.subscribe.promise} <a href={href.newsletter()}>{words.subscribe.expect}</a>
      </p>
    </div>
    <SubscribeForm words={words} page={page} />
  </section>
);
