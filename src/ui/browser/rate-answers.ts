/** Offers to rate an answer of a question as soon as the reader has opened it. */
import { loadRecall } from "./on-demand.ts";

export function rateAnswers(): void {
  // The event does not bubble, but it can be captured.
  document.addEventListener(
    "toggle",
    ({ target }) => {
      const answer = target as HTMLElement;
      if (answer.matches(".questions [open]"))
        void loadRecall().then(
          ({ offerRating }) => offerRating(answer),
          () => undefined,
        );
    },
    true,
  );
}
