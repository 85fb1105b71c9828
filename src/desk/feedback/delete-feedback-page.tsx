/** Asks for confirmation before an answer to "Was this clear?" is deleted. */
import { href } from "../../routes.ts";
import { ActForm } from "../act-form.tsx";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { AnswerHead } from "./answer-list.tsx";
import type { Answer } from "./feedback-queries.ts";

interface DeleteFeedbackProps {
  readonly page: DeskPageProps["page"];
  readonly answer: Answer;
  /** Path of the list to return to. */
  readonly back: string;
}

export const DeleteFeedbackPage = ({ page, answer, back }: DeleteFeedbackProps) => (
  <DeskPage
    page={page}
    title={page.words.desk.feedback.deleteTitle}
    section="feedback"
    isBelow
    lead={page.words.desk.feedback.deleteLead}
  >
    <ul class="answers">
      <li>
        <AnswerHead page={page} answer={answer} />
        {answer.words !== null && <blockquote>{answer.words}</blockquote>}
      </li>
    </ul>
    <p>{page.words.desk.feedback.deleteWords}</p>
    <ActForm
      page={page}
      action={href.deskDeleteFeedback(answer.id)}
      fields={{ back }}
      label={page.words.desk.feedback.delete}
      look="button button-warning"
    />
    <p>
      <a href={back}>{page.words.desk.forms.cancel}</a>
    </p>
  </DeskPage>
);
