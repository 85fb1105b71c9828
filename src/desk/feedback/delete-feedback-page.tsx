/** Asks before an answer to "Was this clear?" is deleted. */

import { href } from "../../routes.ts";
import { ActForm } from "../act-form.tsx";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { AnswerHead } from "./answer-list.tsx";
import type { Answer } from "./feedback-queries.ts";

interface DeleteFeedbackProps {
  readonly page: DeskPageProps["page"];
  readonly answer: Answer;
  /** Path of the list that it was chosen from. */
  readonly back: string;
}

export const DeleteFeedbackPage = ({ page, answer, back }: DeleteFeedbackProps) => (
  <DeskPage
    page={page}
    title="Delete this answer?"
    section="Feedback"
    isBelow
    lead="The answer is removed from the database and from all totals. This cannot be undone."
  >
    <ul class="answers">
      <li>
        <AnswerHead page={page} answer={answer} />
        {answer.words !== null && <blockquote>{answer.words}</blockquote>}
      </li>
    </ul>
    <p>
      Existing backups still contain it, and so does the database's own history: for 7 days on Cloudflare's free plan,
      for 30 days on a paid plan.
    </p>
    <ActForm
      page={page}
      action={href.deskDeleteFeedback(answer.id)}
      fields={{ back }}
      label="Delete"
      look="button button-warning"
    />
    <p>
      <a href={back}>Cancel</a>
    </p>
  </DeskPage>
);
