/**
 * The form that asks for an address. It works without a script, stands on pages that are kept for everybody,
 * and so holds nothing personal unless the page it is on was made for one answer.
 */
import { href } from "../routes.ts";

export const subscribeTitle = "New chapters by email";
export const subscribePromise = "Each one as it is published, and nothing else. Unsubscribe with one click.";
const subscribeLabel = "Subscribe";

/** What stands at the button, wherever the form is: kept with each request, as the words that were agreed to. */
export const subscribeWording = `${subscribeTitle}. ${subscribePromise} ${subscribeLabel}`;

/** The field that people do not see: whoever fills it in is a program. */
export const honeypot = "website";

/** The largest address that is taken, in characters. */
const maxLength = 254;

interface Props {
  /** Path of the page that it stands on. */
  readonly page: string;
  /** What was typed, when it is asked for again. */
  readonly value?: string | undefined;
  /** What is wrong with it. */
  readonly error?: string | undefined;
  /** For Cloudflare Turnstile, where the library uses it. */
  readonly siteKey?: string | undefined;
}

export const SubscribeForm = ({ page, value, error, siteKey }: Props) => (
  <form class="subscribe-form" method="post" action={href.subscribe()}>
    <div class="subscribe-field">
      <label for="subscribe-email">Email address</label>{" "}
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
      <label for="subscribe-website">Leave this empty</label>{" "}
      <input id="subscribe-website" type="text" name={honeypot} tabindex={-1} autocomplete="off" />
    </div>
    {siteKey !== undefined && (
      <>
        <div class="cf-turnstile" data-sitekey={siteKey}></div>
        <noscript>
          <p class="form-error">
            The spam check on this form needs JavaScript. The <a href={href.feed()}>feed</a> does not.
          </p>
        </noscript>
      </>
    )}
    <button type="submit" class="button">
      {subscribeLabel}
    </button>
  </form>
);

/** The form with its words, for the foot of a page. */
export const SubscribeBand = ({ page }: { readonly page: string }) => (
  <section class="subscribe-band" aria-labelledby="by-mail">
    <div class="subscribe-words">
      <h2 id="by-mail">{subscribeTitle}</h2>
      <p>
        {subscribePromise} <a href={href.newsletter()}>What to expect</a>
      </p>
    </div>
    <SubscribeForm page={page} />
  </section>
);
