/**
 * The form that asks for an address. It works without a script, stands on pages that are kept for everybody,
 * and so holds nothing personal unless the page it is on was made for one answer.
 */
import { href } from "../routes.ts";
import type { Words } from "./words/words.ts";

/** What stands at the button, wherever the form is: stored with each request, as the words that were agreed to. */
export const subscribeWording = ({ subscribe }: Words): string =>
  `${subscribe.title}. ${subscribe.promise} ${subscribe.button}`;

/** The field that people do not see: whoever fills it in is a program. */
export const honeypot = "website";

/** The largest address that is taken, in characters. */
const maxLength = 254;

interface Props {
  readonly words: Words;
  /** Path of the page that it stands on. */
  readonly page: string;
  /** What was typed, when it is asked for again. */
  readonly value?: string | undefined;
  /** What is wrong with it. */
  readonly error?: string | undefined;
  /** For Cloudflare Turnstile, where the library uses it. */
  readonly siteKey?: string | undefined;
}

export const SubscribeForm = ({ words, page, value, error, siteKey }: Props) => (
  <form class="subscribe-form" method="post" action={href.subscribe()}>
    <div class="subscribe-field">
      <label for="subscribe-email">{words.subscribe.email}</label>{" "}
      <input
        id="subscribe-email"
        type="email"
        name="email"
        required
        maxlength={maxLength}
        autocomplete="email"
        value={value}
        aria-invalid={error === undefined ? undefined : "true"}
        aria-describedby={error === undefined ? undefined : "subscribe-error"}
      />
    </div>
    {error !== undefined && (
      <p class="form-error" id="subscribe-error">
        {error}
      </p>
    )}
    <input type="hidden" name="page" value={page} />
    <div class="honeypot" aria-hidden="true">
      <label for="subscribe-website">{words.frame.leaveEmpty}</label>{" "}
      <input id="subscribe-website" type="text" name={honeypot} tabindex={-1} autocomplete="off" />
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

/** The form with its words, for the foot of a page. */
export const SubscribeBand = ({ words, page }: Pick<Props, "words" | "page">) => (
  <section class="subscribe-band" aria-labelledby="by-mail">
    <div class="subscribe-words">
      <h2 id="by-mail">{words.subscribe.title}</h2>
      <p>
        {words.subscribe.promise} <a href={href.newsletter()}>{words.subscribe.expect}</a>
      </p>
    </div>
    <SubscribeForm words={words} page={page} />
  </section>
);
