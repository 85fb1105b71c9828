/** Renders the form that asks whether a chapter is new or which missing one it is. */
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
  /** Id of the question's heading. */
  readonly labelledBy: string;
}

/** No choice is preselected, because an answer is final. */
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

/** Allows line breaks after slashes; on their own, browsers break there only if the rest fits on no line. */
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
