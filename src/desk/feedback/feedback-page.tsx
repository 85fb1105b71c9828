/** Lists answers to "Was this clear?", newest first, with a filter. */
import { href } from "../../routes.ts";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { pageName } from "../names.ts";
import { printedShare } from "../numbers.ts";
import { Answers } from "./answer-list.tsx";
import type { Answer, ClarityCount, FeedbackFilter } from "./feedback-queries.ts";

export const answersAtOnce = 50;

interface FeedbackPageProps {
  readonly page: DeskPageProps["page"];
  readonly filter: FeedbackFilter;
  readonly clarity: readonly ClarityCount[];
  readonly answers: readonly Answer[];
  /** Whether there are older answers. */
  readonly hasMore: boolean;
}

export function FeedbackPage({ page, filter, clarity, answers, hasMore }: FeedbackPageProps) {
  const clear = clarity.reduce((sum, page) => sum + page.clear, 0);
  const all = clarity.reduce((sum, page) => sum + page.clear + page.unclear, 0);
  const last = answers.at(-1);
  const { desk } = page.words;
  const words = desk.feedback;
  return (
    <DeskPage
      page={page}
      title={desk.frame.sections.feedback}
      section="feedback"
      lead={words.lead(page.words.feedback.question)}
    >
      {all === 0 ? (
        <p class="quiet">{words.none}</p>
      ) : (
        <>
          <p class="figure-line">
            {words.saidYes(clear, all, printedShare(desk.numbers, clear, all), (text) => (
              <strong>{text}</strong>
            ))}
          </p>
          <Filter page={page} filter={filter} clarity={clarity} />
          {answers.length === 0 ? (
            <p class="quiet">
              {words.noMatch((text) => (
                <a href={href.deskFeedback()}>{text}</a>
              ))}
            </p>
          ) : (
            <Answers page={page} answers={answers} />
          )}
          {hasMore && last && (
            <p>
              <a href={addressOf(filter, last)}>{words.older}</a>
            </p>
          )}
        </>
      )}
    </DeskPage>
  );
}

function addressOf({ page, clear, open }: FeedbackFilter, after?: Pick<Answer, "at" | "id">): string {
  const query = new URLSearchParams({
    ...(page !== undefined && { page }),
    ...(clear !== undefined && { clear: clear ? "yes" : "no" }),
    ...(open === true && { open: "yes" }),
    ...(after && { at: after.at, after: after.id }),
  });
  return query.size > 0 ? `${href.deskFeedback()}?${query}` : href.deskFeedback();
}

function Filter({ page, filter, clarity }: Pick<FeedbackPageProps, "page" | "filter" | "clarity">) {
  const words = page.words.desk.feedback;
  const pages = clarity
    .map(({ page: key, clear, unclear }) => ({ key, name: pageName(page, key), count: clear + unclear }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const verdicts = [
    ["", words.either, undefined],
    ["no", words.unclear, false],
    ["yes", words.clear, true],
  ] as const;
  return (
    <form class="filter" method="get" action={href.deskFeedback()}>
      <div class="field">
        <label for="feedback-page">{words.chapter}</label>
        <select name="page" id="feedback-page">
          <option value="">{words.allChapters}</option>
          {pages.map(({ key, name, count }) => (
            <option value={key} selected={key === filter.page}>
              {words.chapterCount(name, count)}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="feedback-clear">{words.answer}</label>
        <select name="clear" id="feedback-clear">
          {verdicts.map(([value, name, clear]) => (
            <option value={value} selected={clear === filter.clear}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <label class="tick">
        <input type="checkbox" name="open" value="yes" checked={filter.open === true} />
        <span>{words.notArchived}</span>
      </label>
      <button class="small-button" type="submit">
        {words.show}
      </button>
    </form>
  );
}
