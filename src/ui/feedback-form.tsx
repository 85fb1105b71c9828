/** "Was this clear?", at the end of a text. It works without a script, and is the same for everybody. */
import type { interfaceWords } from "../library/language.ts";
import { href } from "../routes.ts";

/** Longest line of a reader's own, in characters. */
export const maxWords = 300;

/** Where a reader lands who has answered: the thanks are on every page, and shown when the address names them. */
export const thanksId = "thank-you";

/** `page`: path of the page that it stands on. A text area, because Enter in a field would press Yes. */
export const FeedbackForm = ({
  page,
  words,
}: {
  readonly page: string;
  /** Attributes of its words. */
  readonly words?: ReturnType<typeof interfaceWords>;
}) => (
  <section class="feedback" aria-labelledby="was-it-clear">
    <p class="feedback-thanks" id={thanksId} tabindex={-1} {...words}>
      Thank you. Your answer goes to the author anonymously.
    </p>
    <form method="post" action={href.feedback()}>
      <h2 id="was-it-clear" {...words}>
        Was this clear?
      </h2>
      <input type="hidden" name="page" value={page} />
      <div class="honeypot" aria-hidden="true">
        <label for="feedback-website">Leave this empty</label>{" "}
        <input id="feedback-website" type="text" name="website" tabindex={-1} autocomplete="off" />
      </div>
      <div class="feedback-line">
        <label for="feedback-words" {...words}>
          What helped, or what was missing? (optional)
        </label>{" "}
        <textarea id="feedback-words" name="words" rows={1} maxlength={maxWords}></textarea>
      </div>
      <button type="submit" class="button button-quiet" name="clear" value="yes">
        Yes
      </button>
      <button type="submit" class="button button-quiet" name="clear" value="no">
        No
      </button>
    </form>
  </section>
);
