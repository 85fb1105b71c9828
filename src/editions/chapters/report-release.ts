/** Notifies the author about a release before it is recorded: what is not emailed, and questions about chapters. */
import { chapterOf, correctedAt } from "../../library/corrections.ts";
import { sha256, toHex } from "../../library/hash.ts";
import type { Question } from "../../library/identify-release.ts";
import { authorCommand, raiseNotice } from "../notices.ts";
import type { RunContext } from "../send-context.ts";
import { questionsText } from "./chapter-questions.ts";
import type { RecordedCorrection } from "./corrections.ts";
import type { Recorded } from "./publications.ts";

export const tellOfRelease =
  (context: RunContext) =>
  async (
    found: readonly Recorded[],
    corrections: readonly RecordedCorrection[],
    questions: readonly Question[],
  ): Promise<void> => {
    await tellOfOldChapters(
      context,
      found.filter(({ isNews }) => !isNews).map(({ id }) => id),
    );
    await tellOfOldCorrections(
      context,
      corrections.filter(({ fate }) => fate === "old" || fate === "uncertain").map(({ id }) => id),
    );
    await ask(context, questions);
  };

async function tellOfOldChapters(context: RunContext, old: readonly string[]): Promise<void> {
  if (old.length === 0) return;
  const { title, body } = context.words.notices.notEmailed;
  const command = authorCommand(`announce ${old[0]}`);
  await raiseNotice(context, await occasion("history", old), title, body(old.join(", "), command));
}

async function tellOfOldCorrections(context: RunContext, old: readonly string[]): Promise<void> {
  if (old.length === 0) return;
  const { title, body } = context.words.notices.correctionNotEmailed;
  const { dates } = context.words;
  const named = old.map((id) => `${chapterOf(id)} (${dates.day(correctedAt(id) ?? "")})`);
  await raiseNotice(context, await occasion("correction", old), title, body(named.join(", ")));
}

async function ask(context: RunContext, questions: readonly Question[]): Promise<void> {
  // For a place that is taken, the notice has only the question's own text.
  for (const question of questions.filter(({ taken }) => taken !== undefined)) await askAbout(context, [question]);
  await askAbout(
    context,
    questions.filter(({ taken }) => taken === undefined),
  );
}

async function askAbout(context: RunContext, questions: readonly Question[]): Promise<void> {
  if (questions.length === 0) return;
  const places = questions.map(({ place }) => place);
  const title = context.words.notices.question.title(questions.length);
  await raiseNotice(context, await occasion("question", places), title, questionsText(questions, context.words));
}

/** Notices with different chapters are different, even if the first chapter is the same. */
async function occasion(kind: string, [first, ...others]: readonly string[]): Promise<string> {
  if (others.length === 0) return `${kind} ${first}`;
  return `${kind} ${first} ${toHex(await sha256(others.join(" "))).slice(0, 8)}`;
}
