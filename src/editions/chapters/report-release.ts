/** What a release brings that the author should know before it is written down: what is not mailed, and what only they can tell. */
import { sha256, toHex } from "../../library/hash.ts";
import type { Question } from "../../library/identify-release.ts";
import { authorCommand, raiseNotice } from "../notices.ts";
import type { RunContext } from "../send-context.ts";
import { questionsText } from "./chapter-questions.ts";
import type { Recorded } from "./publications.ts";

export const tellOfRelease =
  (context: RunContext) =>
  async (found: readonly Recorded[], questions: readonly Question[]): Promise<void> => {
    await tellOfOldChapters(
      context,
      found.filter(({ isNews }) => !isNews).map(({ id }) => id),
    );
    await ask(context, questions);
  };

async function tellOfOldChapters(context: RunContext, old: readonly string[]): Promise<void> {
  if (old.length === 0) return;
  const { title, body } = context.words.notices.notEmailed;
  const command = authorCommand(`announce ${old[0]}`);
  await raiseNotice(context, await occasion("history", old), title, body(old.join(", "), command));
}

async function ask(context: RunContext, questions: readonly Question[]): Promise<void> {
  // The text of a place that is taken is all that the list says of it.
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

/** Other chapters are another occasion, although the first of them is the same. */
async function occasion(kind: string, [first, ...others]: readonly string[]): Promise<string> {
  if (others.length === 0) return `${kind} ${first}`;
  return `${kind} ${first} ${toHex(await sha256(others.join(" "))).slice(0, 8)}`;
}
