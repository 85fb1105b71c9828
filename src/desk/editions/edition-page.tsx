/** Renders one edition: its status, its deliveries, and the author's actions. */
import type { Decision } from "../../editions/actions/decision-effects.ts";
import type { Action } from "../../editions/actions/edition-actions.ts";
import type { EditionStatus } from "../../editions/actions/edition-status.ts";
import type { StateCount } from "../../editions/delivery-counts.ts";
import { stopSentence } from "../../editions/record-words.ts";
import { href } from "../../routes.ts";
import type { Words } from "../../ui/words/words.ts";
import { ActForm } from "../act-form.tsx";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { editionTitle } from "../names.ts";
import { DeliveryBreakdown } from "./delivery-breakdown.tsx";

interface EditionProps {
  readonly page: DeskPageProps["page"];
  readonly edition: EditionStatus;
  /** Milliseconds since 1970. */
  readonly now: number;
}

interface EditionPageProps extends EditionProps {
  /** Confirms the action just taken. */
  readonly note?: string | undefined;
}

export function EditionPage({ page, edition, now, note }: EditionPageProps) {
  const { desk } = page.words;
  const { editions: words, records } = desk;
  return (
    <DeskPage
      page={page}
      title={editionTitle(page, edition)}
      section="editions"
      isBelow
      lead={words.lineOf(kindOf(page.words, edition), records.audiences[edition.audience])}
    >
      {note !== undefined && (
        <p class="form-note" role="status">
          {note}
        </p>
      )}
      <Facts page={page} edition={edition} now={now} />
      <section class="own-copies" aria-labelledby="copies">
        <h2 id="copies">{words.deliveryStatus}</h2>
        <DeliveryBreakdown
          words={desk}
          id="copies"
          counts={countsOf(desk, edition)}
          isDone={edition.state === "done"}
        />
      </section>
      <Choices words={desk} edition={edition} />
    </DeskPage>
  );
}

function Facts({ page, edition, now }: EditionProps) {
  const { id, state, openedAt, doneAt, stoppedAt, stopReason, holdUntil } = edition;
  const { desk } = page.words;
  const { editions: words, dates } = desk;
  const { facts } = words;
  const isHeld = state === "sending" && holdUntil !== null && Date.parse(holdUntil) > now;
  return (
    <dl class="facts">
      <dt>{facts.status}</dt>
      <dd>
        {state === "sending" && (isHeld ? words.waiting : words.sending)}
        {state === "stopped" &&
          (stopReason === "author" ? words.pausedByYou : words.stoppedBecause(stopSentence(desk, stopReason)))}
        {state === "done" && (stopReason === "skipped" ? words.ended : words.complete)}
      </dd>
      {isHeld && (
        <>
          <dt>{facts.resumes}</dt>
          <dd>{words.resumesAt(dates.moment(holdUntil))}</dd>
        </>
      )}
      <dt>{facts.chapters}</dt>
      <dd>{editionTitle(page, edition)}</dd>
      <dt>{facts.opened}</dt>
      <dd>{dates.moment(openedAt)}</dd>
      {stoppedAt !== null && (
        <>
          <dt>{stopReason === "author" ? facts.paused : facts.stopped}</dt>
          <dd>{dates.moment(stoppedAt)}</dd>
        </>
      )}
      {doneAt !== null && (
        <>
          <dt>{facts.completed}</dt>
          <dd>{dates.moment(doneAt)}</dd>
        </>
      )}
      <dt>{facts.name}</dt>
      <dd>
        <code>{id}</code>
      </dd>
    </dl>
  );
}

/** Includes recipients without a delivery, so the bar shows all recipients. */
const countsOf = ({ editions }: Words["desk"], { untried, tried, ahead, deliveries }: EditionStatus): StateCount[] =>
  [
    { state: "sending" as const, reason: editions.notProcessed, recipients: untried + ahead },
    { state: "sending" as const, reason: editions.beingSent, recipients: tried },
    ...deliveries.filter(({ state }) => state !== "sending"),
  ].filter(({ recipients }) => recipients > 0);

interface ChoicesProps extends Pick<EditionProps, "edition"> {
  readonly words: Words["desk"];
}

function Choices({ words: { decisions }, edition: { id, state } }: ChoicesProps) {
  if (state === "done") return null;
  const choices: readonly Action[] = state === "stopped" ? ["continue", "skip"] : ["stop", "skip"];
  return (
    <section aria-labelledby="choices">
      <h2 id="choices">{decisions.actions}</h2>
      <p class="quiet">{decisions.actionsWords}</p>
      <p class="choice-row">
        {choices.map((choice) => (
          <a class="button button-quiet" href={href.deskAction(id, choice)}>
            {decisions.choices[choice]}
          </a>
        ))}
      </p>
    </section>
  );
}

interface QuestionProps extends EditionProps {
  readonly action: Action;
  readonly plan: Decision;
  /** Why the question is shown again. */
  readonly note?: string | undefined;
}

/** Shows the effects of an action in numbers, and the button that performs it. */
export function QuestionPage({ page, edition, action, plan, note }: QuestionProps) {
  const { desk } = page.words;
  const words = desk.decisions;
  const felt = plan.kind === "to do" ? plan.effects.filter(({ count }) => count > 0) : [];
  return (
    <DeskPage
      page={page}
      title={words.titles[action]}
      section="editions"
      isBelow
      lead={desk.editions.questionLead(editionTitle(page, edition), kindOf(page.words, edition))}
    >
      {note !== undefined && (
        <p class="form-note" role="alert">
          {note}
        </p>
      )}
      {plan.kind === "nothing to do" ? (
        <p>{words.nothingToDo(plan.words)}</p>
      ) : (
        <>
          {plan.before !== undefined && <p>{plan.before}</p>}
          {felt.length === 0 ? (
            <p>{words.noEffect}</p>
          ) : (
            <ul class="effects">
              {felt.map(({ count, words: what }) => (
                <li>
                  {words.effect(count, what, (text) => (
                    <strong>{text}</strong>
                  ))}
                </li>
              ))}
            </ul>
          )}
          {plan.after !== undefined && <p>{plan.after}</p>}
          <p>
            <strong>{words.asks[action]}</strong>
          </p>
          <ActForm
            page={page}
            action={href.deskAction(edition.id, action)}
            label={words.buttons[action]}
            look={action === "skip" ? "button button-warning" : "button"}
          />
        </>
      )}
      <p>
        <a href={href.deskEditions(edition.id)}>{desk.forms.cancel}</a>
      </p>
    </DeskPage>
  );
}

const kindOf = ({ desk, dates }: Words, { audience, openedAt }: EditionStatus): string =>
  desk.editions.kinds[audience](dates.day(openedAt));
