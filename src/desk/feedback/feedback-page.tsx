/** Every answer to "Was this clear?", the newest first. */
import { href } from "../../routes.ts";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { pageName } from "../names.ts";
import { counted, printedCount, printedShare } from "../numbers.ts";
import { Answers } from "./answer-list.tsx";
import type { Answer, ClarityCount, FeedbackFilter } from "./feedback-queries.ts";

export const answersAtOnce = 50;

interface FeedbackPageProps {
  readonly page: DeskPageProps["page"];
  readonly filter: FeedbackFilter;
  readonly clarity: readonly ClarityCount[];
  readonly answers: readonly Answer[];
  /** Whether there are older ones. */
  readonly hasMore: boolean;
}

export function FeedbackPage({ page, filter, clarity, answers, hasMore }: FeedbackPageProps) {
  const clear = clarity.reduce((sum, page) => sum + page.clear, 0);
  const all = clarity.reduce((sum, page) => sum + page.clear + page.unclear, 0);
  const last = answers.at(-1);
  return (
    <DeskPage
      page={page}
      title="Feedback"
      section="Feedback"
      lead="Answers to “Was this clear?” at the end of each chapter. They are anonymous."
    >
      {all === 0 ? (
        <p class="quiet">No answers. Each chapter asks at the end; readers answer yes or no and can add a comment.</p>
      ) : (
        <>
          <p class="figure-line">
            <strong>{printedCount(clear)}</strong> of {counted(all, "answer")} said yes ({printedShare(clear, all)}).
          </p>
          <Filter page={page} filter={filter} clarity={clarity} />
          {answers.length === 0 ? (
            <p class="quiet">
              No answers match these filters. <a href={href.deskFeedback()}>Show all answers</a>
            </p>
          ) : (
            <Answers page={page} answers={answers} />
          )}
          {hasMore && last && (
            <p>
              <a href={addressOf(filter, last)}>Older answers</a>
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
  const { manifest } = page.catalogue;
  const pages = clarity
    .map(({ page, clear, unclear }) => ({ page, name: pageName(manifest, page), count: clear + unclear }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const verdicts = [
    ["", "Clear or not", undefined],
    ["no", "Not clear", false],
    ["yes", "Clear", true],
  ] as const;
  return (
    <form class="filter" method="get" action={href.deskFeedback()}>
      <div class="field">
        <label for="feedback-page">Chapter</label>
        <select name="page" id="feedback-page">
          <option value="">All chapters</option>
          {pages.map(({ page, name, count }) => (
            <option value={page} selected={page === filter.page}>
              {`${name} (${printedCount(count)})`}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="feedback-clear">Answer</label>
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
        <span>Not archived</span>
      </label>
      <button class="small-button" type="submit">
        Show
      </button>
    </form>
  );
}
