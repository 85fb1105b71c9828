/** Answers to "Was this clear?", each with a button that puts it aside. */
import { href } from "../routes.ts";
import { ActForm } from "./act-form.tsx";
import type { DeskPageProps } from "./desk-page.tsx";
import type { Answer } from "./feedback-queries.ts";
import { pageName } from "./names.ts";
import { printedMoment } from "./numbers.ts";

interface AnswersProps {
  readonly house: DeskPageProps["house"];
  readonly answers: readonly Answer[];
  /** Its name is said already. */
  readonly isOfOnePage?: boolean;
}

export const Answers = ({ house, answers, isOfOnePage = false }: AnswersProps) =>
  answers.length > 0 && (
    <ul class="answers">
      {answers.map(({ id, page, at, clear, words, settledAt }) => {
        const name = pageName(house.catalogue.manifest, page);
        return (
          <li class={settledAt === null ? undefined : "settled"}>
            <p class="answer-head">
              <span class={clear ? "verdict clear" : "verdict unclear"}>{clear ? "Clear" : "Not clear"}</span>
              {!isOfOnePage && <a href={href.deskReading(page)}>{name}</a>}
              <time datetime={at}>{printedMoment(at)}</time>
            </p>
            {words !== null && <blockquote>{words}</blockquote>}
            {settledAt === null ? (
              <ActForm
                house={house}
                action={href.deskFeedback()}
                fields={{ id }}
                label="Put aside"
                look="push push-quiet"
              />
            ) : (
              <p class="quiet">Put aside {printedMoment(settledAt)}</p>
            )}
          </li>
        );
      })}
    </ul>
  );
