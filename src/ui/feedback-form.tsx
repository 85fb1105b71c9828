/** "Was this clear?", at the end of a text. It works without a script, and is the same for everybody. */
import type { interfaceWords } from "../library/language.ts";
import { href } from "../routes.ts";
import type { Words } from "./words/words.ts";

/** Longest line of a reader's own, in characters. */
export const maxWords = 300;

/** Where a reader lands who has answered: the thanks are on every page, and shown when the address names them. */
export const thanksId = "thank-you";

interface FeedbackFormProps {
  readonly words: Words;
  /** Path of the page that it stands on. */
  readonly page: string;
  /** Attributes of our words amid the text's. */
  readonly own: ReturnType<typeof interfaceWords>;
}

/** A text area, because Enter in a field would press Yes. */
export const FeedbackForm = ({ words, page, own }: FeedbackFormProps) => (
  <section class="feedback" aria-labelledby="was-it-clear">
    <p class="feedback-thanks" id={thanksId} tabindex={-1} {...own}>
      {words.feedback.thanks}
    </p>
    <form
      method="post"
      action={href.feedback()}
      data-limit-reached={words.feedback.limitReached}
      data-not-sent={words.feedback.notSent}
    >
      <h2 id="was-it-clear" {...own}>
        {words.feedback.question}
      </h2>
      <input type="hidden" name="page" value={page} />
      <div class="honeypot" aria-hidden="true">
        <label for="feedback-website">{words.frame.leaveEmpty}</label>{" "}
        <input id="feedback-website" type="text" name="website" tabindex={-1} autocomplete="off" />
      </div>
      <div class="feedback-line">
        <label for="feedback-words" {...own}>
          {words.feedback.comment}
        </label>{" "}
        <textarea id="feedback-words" name="words" rows={1} maxlength={maxWords}></textarea>
      </div>
      <button type="submit" class="button button-quiet" name="clear" value="yes">
        {words.feedback.yes}
      </button>
      <button type="submit" class="button button-quiet" name="clear" value="no">
        {words.feedback.no}
      </button>
    </form>
  </section>
);
