/** The form in which the author says which chapter one is. */
import type { Child } from "hono/jsx";
import { href } from "../../routes.ts";
import { ActForm } from "../act-form.tsx";
import type { DeskPageProps } from "../desk-page.tsx";
import type { Choice } from "../problem.ts";

interface IdentifyFormProps {
  readonly page: DeskPageProps["page"];
  /** `book/slug` of the chapter that has appeared. */
  readonly place: string;
  readonly choices: readonly Choice[];
  /** Id of the question. */
  readonly labelledBy: string;
}

/** Nothing is chosen beforehand: an answer is final. */
export const IdentifyForm = ({ page, place, choices, labelledBy }: IdentifyFormProps) => (
  <ActForm
    page={page}
    action={href.deskQuestions()}
    fields={{ place }}
    label={page.words.desk.questions.answer}
    look="button button-quiet"
    labelledBy={labelledBy}
  >
    <fieldset class="question-answers">
      <legend>{page.words.desk.questions.legend}</legend>
      {choices.map(({ answer, words }) => (
        <label>
          <input type="radio" name="answer" value={answer} required /> <span>{withBreaks(words)}</span>
        </label>
      ))}
    </fieldset>
  </ActForm>
);

/** A line may end behind a slash: browsers break there only where the rest fits on no line. */
const withBreaks = (words: string): Child[] =>
  words.split("/").map((part, index) => (
    <>
      {index > 0 && (
        <>
          /<wbr />
        </>
      )}
      {part}
    </>
  ));
