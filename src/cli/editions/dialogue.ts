/**
 * Runs the author's commands about editions: looks up what is meant, asks for confirmation, and applies the decision.
 */
import { advise } from "../../publish/source/suggest.ts";
import { isChapterId, isEditionId, isNoticeId, printStatement } from "../sql-text.ts";
import { wrapped } from "../terminal.ts";
import type { Execute } from "../wrangler/d1-execute.ts";
import { type Plan, planAnnounce, planContinue, planDismiss, planResume, planSkip, planStop } from "./plans.ts";
import { listChapters, readChapter } from "./read-chapter.ts";
import { type Detail, listEditions, readDetail } from "./read-detail.ts";
import { readNotice } from "./read-notices.ts";
import { readOverview } from "./read-overview.ts";
import { showEdition } from "./show-edition.ts";
import { type Page, showOverview } from "./show-overview.ts";
import { showQuestion } from "./show-question.ts";
import { commandFor } from "./words.ts";

export interface Dialogue extends Page {
  readonly execute: Execute;
  /** Prints the summary before the question. */
  readonly tell: (text: string) => void;
  /** Asks for confirmation; `unasked` without a terminal. */
  readonly confirm: (question: string) => Promise<"yes" | "no" | "unasked">;
}

/** Final output of a command; `ok` decides its exit code. */
export interface Reply {
  readonly text: string;
  readonly ok: boolean;
}

export const reply = (text: string, ok: boolean): Reply => ({ text: wrapped(text, ""), ok });
export const no = (text: string): Reply => reply(text, false);

/** `limit`: how many completed editions. */
export async function list(dialogue: Dialogue, limit: number): Promise<Reply> {
  return { text: showOverview(await readOverview(dialogue.execute, dialogue.now, limit), dialogue), ok: true };
}

/** `limit`: how many deliveries that may not have arrived. */
export const show = (dialogue: Dialogue, id: string, limit: number): Promise<Reply> =>
  withEdition(dialogue, id, limit, async (detail) => ({ text: showEdition(detail, dialogue), ok: true }));

export const stop = (dialogue: Dialogue, id: string): Promise<Reply> =>
  withEdition(dialogue, id, 0, ({ edition }) => carryOut(dialogue, planStop(edition, dialogue)));

export const goOn = (dialogue: Dialogue, id: string): Promise<Reply> =>
  withEdition(dialogue, id, 0, ({ edition, newsletter }) =>
    carryOut(dialogue, planContinue(edition, newsletter, dialogue)),
  );

export const skip = (dialogue: Dialogue, id: string): Promise<Reply> =>
  withEdition(dialogue, id, 0, ({ edition }) => carryOut(dialogue, planSkip(edition, dialogue)));

/** Resumes sending after a restore. */
export async function resume(dialogue: Dialogue): Promise<Reply> {
  return carryOut(dialogue, planResume(await readOverview(dialogue.execute, dialogue.now, 0), dialogue));
}

export async function announce(dialogue: Dialogue, chapter: string): Promise<Reply> {
  const found = isChapterId(chapter) ? await readChapter(dialogue.execute, chapter, dialogue.now) : undefined;
  if (found) return carryOut(dialogue, planAnnounce(found, dialogue));
  const known = await listChapters(dialogue.execute);
  return no(unknown(dialogue, `Chapter \`${chapter}\` has not been published`, advise(chapter, known, "chapters")));
}

export async function dismiss(dialogue: Dialogue, id: string): Promise<Reply> {
  const { notice, open } = await readNotice(dialogue.execute, isNoticeId(id) ? id : "");
  if (notice) return carryOut(dialogue, planDismiss(notice, dialogue));
  if (id.startsWith("stopped ")) {
    const edition = id.slice("stopped ".length);
    return no(
      `This notice is resolved by deciding on the edition: \`${commandFor(dialogue.target, `continue ${edition}`)}\` or \`${commandFor(dialogue.target, `skip ${edition}`)}\`.`,
    );
  }
  if (id.startsWith("question ")) {
    return no(
      `This notice is resolved by answering the question about the chapter: \`${commandFor(dialogue.target, "identify PLACE ANSWER")}\`. \`${commandFor(dialogue.target)}\` lists the open ones.`,
    );
  }
  return no(unknown(dialogue, `There is no notice \`${id}\``, advise(id, open, "open notices")));
}

async function withEdition(
  dialogue: Dialogue,
  id: string,
  limit: number,
  use: (detail: Detail) => Promise<Reply>,
): Promise<Reply> {
  const detail = isEditionId(id) ? await readDetail(dialogue.execute, id, dialogue.now, limit) : undefined;
  if (detail) return use(detail);
  const known = await listEditions(dialogue.execute);
  return no(unknown(dialogue, `There is no edition \`${id}\``, advise(id, known, "editions")));
}

/** Notices are usually about the deployed library, so a failed look-up on this machine suggests `--remote`. */
export const unknown = ({ target }: Dialogue, what: string, advice: string): string =>
  target === "remote"
    ? `${what} in the deployed library. ${advice}`
    : `${what} on this machine. ${advice}\nFor the deployed library, add \`--remote\`.`;

export async function carryOut(dialogue: Dialogue, plan: Plan): Promise<Reply> {
  if (plan.kind === "nothing to do") return reply(plan.words, plan.ok);
  if (plan.asks !== undefined) {
    dialogue.tell(showQuestion(plan.asks, dialogue.paint));
    const answer = await dialogue.confirm(plan.asks.question);
    if (answer === "no") return no("Nothing was changed.");
    if (answer === "unasked")
      return no("Nothing was changed: there is no terminal to confirm in. To proceed, add `--yes`.");
  }
  const rows = await dialogue.execute(plan.statements.map(printStatement));
  if ((rows.at(-1) ?? []).length > 0) return reply(plan.done, true);
  return no(
    `Something else changed it in the meantime, so nothing was done. \`${commandFor(dialogue.target)}\` shows the current state.`,
  );
}
