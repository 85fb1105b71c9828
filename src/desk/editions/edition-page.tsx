/** One edition: where it stands, what became of its copies, and what the author may do about it. */

import type { Decision } from "../../editions/actions/decision-effects.ts";
import type { Action } from "../../editions/actions/edition-actions.ts";
import type { EditionStatus } from "../../editions/actions/edition-status.ts";
import type { StateCount } from "../../editions/delivery-counts.ts";
import { audienceWords, stopWord } from "../../library/edition-texts.ts";
import { href } from "../../routes.ts";
import { ActForm } from "../act-form.tsx";
import { DeskPage, type DeskPageProps } from "../desk-page.tsx";
import { editionTitle, pageName } from "../names.ts";
import { printedCount, printedMoment } from "../numbers.ts";
import { DeliveryBreakdown } from "./delivery-breakdown.tsx";

interface EditionProps {
  readonly page: DeskPageProps["page"];
  readonly edition: EditionStatus;
  /** Milliseconds. */
  readonly now: number;
}

interface EditionPageProps extends EditionProps {
  /** What the author has just done, if it is so. */
  readonly note?: string | undefined;
  /** Why it is stopped. */
}

export function EditionPage({ page, edition, now, note }: EditionPageProps) {
  const { id, state, audience, chapters, openedAt, doneAt, stoppedAt, stopReason, holdUntil } = edition;
  const isHeld = state === "sending" && holdUntil !== null && Date.parse(holdUntil) > now;
  return (
    <DeskPage
      page={page}
      title={editionTitle(page.catalogue.manifest, edition)}
      section="Editions"
      isBelow
      lead={`${kindOf(edition)}, to ${audienceWords[audience]}.`}
    >
      {note !== undefined && (
        <p class="form-note" role="status">
          {note}
        </p>
      )}
      <dl class="facts">
        <dt>Status</dt>
        <dd>
          {state === "sending" && (isHeld ? "Waiting" : "Sending")}
          {state === "stopped" && (stopReason === "author" ? "Paused by you" : `Stopped. ${stopWord(stopReason)}`)}
          {state === "done" && (stopReason === "skipped" ? "Ended by you" : "Complete")}
        </dd>
        {isHeld && (
          <>
            <dt>Resumes</dt>
            <dd>when Resend accepts email again, {printedMoment(holdUntil)}</dd>
          </>
        )}
        <dt>Chapters</dt>
        <dd>{chapters.map((chapter) => pageName(page.catalogue.manifest, chapter)).join(", ")}</dd>
        <dt>Opened</dt>
        <dd>{printedMoment(openedAt)}</dd>
        {stoppedAt !== null && (
          <>
            <dt>{stopReason === "author" ? "Paused" : "Stopped"}</dt>
            <dd>{printedMoment(stoppedAt)}</dd>
          </>
        )}
        {doneAt !== null && (
          <>
            <dt>Completed</dt>
            <dd>{printedMoment(doneAt)}</dd>
          </>
        )}
        <dt>Name</dt>
        <dd>
          <code>{id}</code>
        </dd>
      </dl>
      <section class="own-copies" aria-labelledby="copies">
        <h2 id="copies">Delivery status</h2>
        <DeliveryBreakdown id="copies" counts={countsOf(edition)} isDone={state === "done"} />
      </section>
      <Choices edition={edition} />
    </DeskPage>
  );
}

/** Those who have no copy yet stand among the others, so that the bar is the whole of it. */
const countsOf = ({ untried, tried, ahead, deliveries }: EditionStatus): StateCount[] =>
  [
    { state: "sending" as const, reason: "not processed yet", recipients: untried + ahead },
    { state: "sending" as const, reason: "sending", recipients: tried },
    ...deliveries.filter(({ state }) => state !== "sending"),
  ].filter(({ recipients }) => recipients > 0);

const choiceWords: Readonly<Record<Action, string>> = {
  continue: "Continue …",
  skip: "End …",
  stop: "Pause …",
};

function Choices({ edition: { id, state } }: { readonly edition: EditionStatus }) {
  if (state === "done") return null;
  const choices: readonly Action[] = state === "stopped" ? ["continue", "skip"] : ["stop", "skip"];
  return (
    <section aria-labelledby="choices">
      <h2 id="choices">Actions</h2>
      <p class="quiet">Each action shows what it will do and asks for confirmation first.</p>
      <p class="choice-row">
        {choices.map((choice) => (
          <a class="button button-quiet" href={href.deskAction(id, choice)}>
            {choiceWords[choice]}
          </a>
        ))}
      </p>
    </section>
  );
}

const questions: Readonly<Record<Action, { readonly title: string; readonly ask: string; readonly label: string }>> = {
  continue: { title: "If you continue", ask: "Continue this edition?", label: "Continue" },
  skip: { title: "If you end it", ask: "End this edition? This cannot be undone.", label: "End" },
  stop: { title: "If you pause it", ask: "Pause this edition?", label: "Pause" },
};

interface QuestionProps extends EditionProps {
  readonly action: Action;
  readonly plan: Decision;
  /** Why it is asked again. */
  readonly note?: string | undefined;
}

/** What an answer would do, in numbers, and the button that does it. */
export function QuestionPage({ page, edition, action, plan, note }: QuestionProps) {
  const { title, ask, label } = questions[action];
  const felt = plan.kind === "to do" ? plan.effects.filter(({ count }) => count > 0) : [];
  return (
    <DeskPage
      page={page}
      title={title}
      section="Editions"
      isBelow
      lead={`${editionTitle(page.catalogue.manifest, edition)}. ${kindOf(edition)}.`}
    >
      {note !== undefined && (
        <p class="form-note" role="alert">
          {note}
        </p>
      )}
      {plan.kind === "nothing to do" ? (
        <p>{plan.words} There is nothing to do.</p>
      ) : (
        <>
          {plan.before !== undefined && <p>{plan.before}</p>}
          {felt.length === 0 ? (
            <p>No subscriber is affected.</p>
          ) : (
            <ul class="effects">
              {felt.map(({ count, words }) => (
                <li>
                  <strong>
                    {printedCount(count)} {count === 1 ? "subscriber" : "subscribers"}
                  </strong>{" "}
                  {words}.
                </li>
              ))}
            </ul>
          )}
          {plan.after !== undefined && <p>{plan.after}</p>}
          <p>
            <strong>{ask}</strong>
          </p>
          <ActForm
            page={page}
            action={href.deskAction(edition.id, action)}
            label={label}
            look={action === "skip" ? "button button-warning" : "button"}
          />
        </>
      )}
      <p>
        <a href={href.deskEditions(edition.id)}>Cancel</a>
      </p>
    </DeskPage>
  );
}

const kindOf = ({ audience, openedAt }: EditionStatus): string =>
  audience === "each"
    ? `Edition of ${day(openedAt)}`
    : `${audience === "weekly" ? "Weekly" : "Monthly"} digest of ${day(openedAt)}`;

const dayFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const day = (at: string): string => dayFormat.format(new Date(at));
