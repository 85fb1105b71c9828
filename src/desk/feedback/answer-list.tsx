/** Answers to "Was this clear?", each with a button that puts it aside, and a link to delete it. */
import { href } from "../../routes.ts";
import { ActForm } from "../act-form.tsx";
import type { DeskPageProps } from "../desk-page.tsx";
import { pageName } from "../names.ts";
import { printedMoment } from "../numbers.ts";
import type { Answer } from "./feedback-queries.ts";

interface AnswersProps {
  readonly page: DeskPageProps["page"];
  readonly answers: readonly Answer[];
  /** Its name is said already. */
  readonly isOfOnePage?: boolean;
}

export const Answers = ({ page, answers, isOfOnePage = false }: AnswersProps) =>
  answers.length > 0 && (
    <ul class="answers">
      {answers.map((answer) => (
        <li class={answer.settledAt === null ? undefined : "settled"}>
          <AnswerHead page={page} answer={answer} isOfOnePage={isOfOnePage} />
          {answer.words !== null && <blockquote>{answer.words}</blockquote>}
          <div class="answer-acts">
            {answer.settledAt === null ? (
              <ActForm
                page={page}
                action={href.deskFeedback()}
                fields={{ id: answer.id }}
                label="Archive"
                look="button button-quiet"
              />
            ) : (
              <p class="quiet">Archived {printedMoment(answer.settledAt)}</p>
            )}
            {page.formToken !== undefined && (
              <a
                class="button button-quiet"
                href={href.deskDeleteFeedback(answer.id)}
                aria-label={`Delete the answer of ${printedMoment(answer.at)}`}
              >
                Delete
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

/** Yes or no, the chapter, and when. */
export const AnswerHead = ({ page, answer: { page: pageKey, at, clear }, isOfOnePage = false }: AnswerHeadProps) => (
  <p class="answer-head">
    <span class={clear ? "verdict clear" : "verdict unclear"}>{clear ? "Clear" : "Not clear"}</span>{" "}
    {!isOfOnePage && <a href={href.deskReading(pageKey)}>{pageName(page.catalogue.manifest, pageKey)}</a>}{" "}
    <time datetime={at}>{printedMoment(at)}</time>
  </p>
);
