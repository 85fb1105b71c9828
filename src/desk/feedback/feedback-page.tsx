/** Lists comments to "Was this clear?", newest first, then answers without one, as a bar for each chapter. */
import { href } from "../../routes.ts";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { printedShare } from "../numbers.ts";
import { AnswerBars } from "./answer-bars.tsx";
import { Answers } from "./answer-list.tsx";
import { FeedbackFilterForm, filterHref } from "./feedback-filter.tsx";
import type { Answer, ClarityCount, FeedbackFilter } from "./feedback-queries.ts";

export const answersAtOnce = 20;

/** Part of a list, newest first. */
interface AnswerPart {
  readonly answers: readonly Answer[];
  /** Whether there are older answers. */
  readonly hasMore: boolean;
}

interface FeedbackPageProps {
  readonly page: DeskPageProps["page"];
  readonly filter: FeedbackFilter;
  readonly clarity: readonly ClarityCount[];
  /** Those with a comment, unless the filter says otherwise. */
  readonly listed: AnswerPart;
  /** Those without a comment; undefined if the filter is for answers with or without one. */
  readonly silent: AnswerPart | undefined;
}

export function FeedbackPage(props: FeedbackPageProps) {
  const { page, filter, clarity, listed, silent } = props;
  const clear = clarity.reduce((sum, page) => sum + page.clear, 0);
  const all = clarity.reduce((sum, page) => sum + page.clear + page.unclear, 0);
  const { desk } = page.words;
  const words = desk.feedback;
  const isEmpty = listed.answers.length + (silent?.answers.length ?? 0) === 0;
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
          <FeedbackFilterForm page={page} filter={filter} clarity={clarity} />
          {isEmpty ? (
            <p class="quiet">
              {words.noMatch((text) => (
                <a href={href.deskFeedback()}>{text}</a>
              ))}
            </p>
          ) : (
            <Listed {...props} />
          )}
          {silent && silent.answers.length > 0 && <Silent {...props} silent={silent} />}
        </>
      )}
    </DeskPage>
  );
}

function Listed({ page, filter, listed }: FeedbackPageProps) {
  const words = page.words.desk.feedback;
  const last = listed.answers.at(-1);
  return (
    <section>
      <h2>{filter.commented === false ? words.silent : words.comments}</h2>
      {listed.answers.length === 0 ? (
        <p class="quiet">{words.noComments}</p>
      ) : (
        <Answers page={page} answers={listed.answers} />
      )}
      {listed.hasMore && last && (
        <p>
          <a href={filterHref(filter, last)}>{words.older}</a>
        </p>
      )}
    </section>
  );
}

function Silent({ page, filter, clarity, silent }: FeedbackPageProps & { readonly silent: AnswerPart }) {
  const words = page.words.desk.feedback;
  const isOfSome = filter.clear !== undefined || filter.open === true;
  const counted = clarity.filter(({ page: key }) => filter.page === undefined || key === filter.page);
  return (
    <section>
      <h2>{words.silent}</h2>
      {/* The bars count all answers. A filter for some of them shows these one by one. */}
      {!isOfSome && <AnswerBars page={page} clarity={counted} />}
      <details class="chart-numbers" open={isOfSome}>
        <summary>{words.oneByOne}</summary>
        <Answers page={page} answers={silent.answers} />
        {silent.hasMore && (
          <p>
            <a href={filterHref({ ...filter, commented: false })}>{words.allSilent}</a>
          </p>
        )}
      </details>
    </section>
  );
}
