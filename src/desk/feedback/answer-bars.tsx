/** Renders answers without a comment as one bar for each chapter, those with the most "no" first. */
import { percent } from "../chart.tsx";
import type { DeskPageProps } from "../desk-page.tsx";
import { pageName } from "../names.ts";
import { filterHref } from "./feedback-filter.tsx";
import type { ClarityCount } from "./feedback-queries.ts";

interface AnswerBarsProps {
  readonly page: DeskPageProps["page"];
  readonly clarity: readonly ClarityCount[];
}

export function AnswerBars({ page, clarity }: AnswerBarsProps) {
  const { feedback, numbers } = page.words.desk;
  const rows = clarity
    .map(({ page: key, silentClear: yes, silentUnclear: no }) => ({ key, yes, no }))
    .filter(({ yes, no }) => yes + no > 0)
    .sort((a, b) => b.no - a.no || b.yes - a.yes);
  const most = Math.max(1, ...rows.map(({ yes, no }) => yes + no));
  return (
    <table class="numbers answer-bars">
      <thead>
        <tr>
          <th scope="col">{feedback.chapter}</th>
          <th scope="col" class="number">
            {feedback.no}
          </th>
          <td></td>
          <th scope="col">{feedback.yes}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, yes, no }) => (
          <tr>
            <th scope="row">
              <a href={filterHref({ page: key, commented: false })}>{pageName(page, key)}</a>
            </th>
            <td class="number">{numbers.count(no)}</td>
            <td>
              <svg class="answer-bar" height="10" aria-hidden="true">
                <rect width={percent((100 * no) / most)} height="10" class="fill-loss" />
                <rect
                  x={percent((100 * no) / most)}
                  width={percent((100 * yes) / most)}
                  height="10"
                  class="fill-gain"
                />
              </svg>
            </td>
            <td class="number yes">{numbers.count(yes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
