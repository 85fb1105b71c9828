/** Renders "Was this clear?" at the end of a chapter. It works without a script and is the same for every reader. */
import type { interfaceWords } from "../library/language.ts";
import { pageIds } from "../library/page-ids.ts";
import { href } from "../routes.ts";
import type { Words } from "./words/words.ts";

/** Maximum length of a comment, in characters. */
export const maxWords = 300;

interface FeedbackFormProps {
  readonly words: Words;
  /** Path of the page with the form. */
  readonly page: string;
  /** Identity of the page's text. */
  readonly text: string;
  /** Attributes for the interface's words within the chapter's text. */
  readonly own: ReturnType<typeof interfaceWords>;
}

/** The comment is a text area, because Enter in an input would press Yes. */
export const FeedbackForm = ({ words, page, text, own }: FeedbackFormProps) => (
  <section class="feedback" aria-labelledby={pageIds.feedback}>
    <p class="feedback-thanks" id={pageIds.thanks} tabindex={-1} {...own}>
      {words.feedback.thanks}
    </p>
    <form
      method="post"
      action={href.feedback()}
      data-limit-reached={words.feedback.limitReached}
      data-not-sent={words.feedback.notSent}
    >
      <h2 id={pageIds.feedback} {...own}>
        {words.feedback.question}
      </h2>
      <input type="hidden" name="page" value={page} />
      <div class="honeypot" aria-hidden="true">
        <label for={pageIds.feedbackWebsite}>{words.frame.leaveEmpty}</label>{" "}
        <input id={pageIds.feedbackWebsite} type="text" name="website" tabindex={-1} autocomplete="off" />
      </div>
      <button type="submit" class="button button-quiet" name="clear" value="yes">
        {words.feedback.yes}
      </button>
      <button type="submit" class="button button-quiet" name="clear" value="no">
        {words.feedback.no}
      </button>
      <div class="feedback-line">
        <label for={pageIds.feedbackWords} {...own}>
          {words.feedback.comment}
        </label>{" "}
        <textarea id={pageIds.feedbackWords} name="words" rows={1} maxlength={maxWords}></textarea>
      </div>
    </form>
    <p class="feedback-message" {...own}>
      <a href={href.correct(text)}>{words.readerMessages.title}</a>
    </p>
  </section>
);
