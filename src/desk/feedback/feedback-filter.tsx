/** Renders the filter of answers to "Was this clear?": a form without a script. */
import { href } from "../../routes.ts";
import type { DeskPageProps } from "../desk-page.tsx";
import { pageName } from "../names.ts";
import type { Answer, ClarityCount, FeedbackFilter } from "./feedback-queries.ts";

/** The list with this filter. `after`: the last answer of the previous page. */
export function filterHref(
  { page, clear, open, commented }: FeedbackFilter,
  after?: Pick<Answer, "at" | "id">,
): string {
  const query = new URLSearchParams({
    ...(page !== undefined && { page }),
    ...(clear !== undefined && { clear: clear ? "yes" : "no" }),
    ...(commented !== undefined && { comment: commented ? "yes" : "no" }),
    ...(open === true && { open: "yes" }),
    ...(after && { at: after.at, after: after.id }),
  });
  return query.size > 0 ? `${href.deskFeedback()}?${query}` : href.deskFeedback();
}

interface FilterFormProps {
  readonly page: DeskPageProps["page"];
  readonly filter: FeedbackFilter;
  readonly clarity: readonly ClarityCount[];
}

export function FeedbackFilterForm({ page, filter, clarity }: FilterFormProps) {
  const words = page.words.desk.feedback;
  const pages = clarity
    .map(({ page: key, clear, unclear }) => ({ key, name: pageName(page, key), count: clear + unclear }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const verdicts = [
    ["", words.either, undefined],
    ["no", words.unclear, false],
    ["yes", words.clear, true],
  ] as const;
  const comments = [
    ["", words.withOrWithout, undefined],
    ["yes", words.withComment, true],
    ["no", words.withoutComment, false],
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
      <div class="field">
        <label for="feedback-comment">{words.comment}</label>
        <select name="comment" id="feedback-comment">
          {comments.map(([value, name, commented]) => (
            <option value={value} selected={commented === filter.commented}>
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
