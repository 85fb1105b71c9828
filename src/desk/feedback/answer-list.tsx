/** Answers to "Was this clear?", each with a button that puts it aside, and a link to delete it. */
import { href } from "../../routes.ts";
import { ActForm } from "../act-form.tsx";
import type { DeskPageProps } from "../desk-page.tsx";
import { pageName } from "../names.ts";
import { printedMoment } from "../numbers.ts";
import type { Answer } from "./feedback-queries.ts";

interface AnswersProps {
  readonly house: DeskPageProps["house"];
  readonly answers: readonly Answer[];
  /** Its name is said already. */
  readonly isOfOnePage?: boolean;
}

export const Answers = ({ house, answers, isOfOnePage = false }: AnswersProps) =>
  answers.length > 0 && (
    <ul class="answers">
      {answers.map((answer) => (
        <li class={answer.settledAt === null ? undefined : "settled"}>
          <AnswerHead house={house} answer={answer} isOfOnePage={isOfOnePage} />
          {answer.words !== null && <blockquote>{answer.words}</blockquote>}
          <div class="answer-acts">
            {answer.settledAt === null ? (
              <ActForm
                house={house}
                action={href.deskFeedback()}
                fields={{ id: answer.id }}
                label="Archive"
                look="button button-quiet"
              />
            ) : (
              <p class="quiet">Archived {printedMoment(answer.settledAt)}</p>
            )}
            {house.formToken !== undefined && (
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
  readonly house: DeskPageProps["house"];
  readonly answer: Answer;
  readonly isOfOnePage?: boolean;
}

/** Yes or no, the chapter, and when. */
export const AnswerHead = ({ house, answer: { page, at, clear }, isOfOnePage = false }: AnswerHeadProps) => (
  <p class="answer-head">
    <span class={clear ? "verdict clear" : "verdict unclear"}>{clear ? "Clear" : "Not clear"}</span>{" "}
    {!isOfOnePage && <a href={href.deskReading(page)}>{pageName(house.catalogue.manifest, page)}</a>}{" "}
    <time datetime={at}>{printedMoment(at)}</time>
  </p>
);
