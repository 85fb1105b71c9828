/** Lists answers to "Was this clear?", each with an archive button and a delete link. */
import { href } from "../../routes.ts";
import { ActForm } from "../act-form.tsx";
import type { DeskPageProps } from "../desk-page.tsx";
import { pageName } from "../names.ts";
import type { Answer } from "./feedback-queries.ts";

interface AnswersProps {
  readonly page: DeskPageProps["page"];
  readonly answers: readonly Answer[];
  /** Omits the chapter's name, which the page already shows. */
  readonly isOfOnePage?: boolean;
}

export const Answers = ({ page, answers, isOfOnePage = false }: AnswersProps) =>
  answers.length > 0 && (
    <ul class="answers">
      {answers.map((answer) => (
        <li class={answer.archivedAt === null ? undefined : "settled"}>
          {answer.words !== null && <blockquote>{answer.words}</blockquote>}
          <AnswerHead page={page} answer={answer} isOfOnePage={isOfOnePage} />
          <div class="answer-acts">
            {answer.archivedAt === null ? (
              <ActForm
                page={page}
                action={href.deskFeedback()}
                fields={{ id: answer.id }}
                label={page.words.desk.feedback.archive}
                look="button button-quiet"
              />
            ) : (
              <p class="quiet">{page.words.desk.feedback.archived(page.words.desk.dates.moment(answer.archivedAt))}</p>
            )}
            {page.formToken !== undefined && (
              <a
                class="button button-quiet"
                href={href.deskDeleteFeedback(answer.id)}
                aria-label={page.words.desk.feedback.deleteNamed(page.words.desk.dates.moment(answer.at))}
              >
                {page.words.desk.feedback.delete}
              </a>
            )}
          </div>
        </li>
      ))}
    </ul>
  );

interface AnswerHeadProps {
  readonly page: DeskPageProps["page"];
  readonly answer: Answer;
  readonly isOfOnePage?: boolean;
}

/** The answer, its chapter and its time. */
export function AnswerHead({ page, answer: { page: pageKey, at, clear }, isOfOnePage = false }: AnswerHeadProps) {
  const { feedback, dates } = page.words.desk;
  return (
    <p class="answer-head">
      <span class={clear ? "verdict clear" : "verdict unclear"}>{clear ? feedback.clear : feedback.unclear}</span>{" "}
      {!isOfOnePage && <a href={href.deskReading(pageKey)}>{pageName(page, pageKey)}</a>}{" "}
      <time datetime={at}>{dates.moment(at)}</time>
    </p>
  );
}
