/** Prints the list of `npm run newsletter`: what needs attention, what is being sent, what is complete. */

import type { EditionStatus } from "../../editions/actions/edition-status.ts";
import type { ChapterQuestion } from "../../editions/chapters/question-queries.ts";
import type { Notice } from "../../editions/notice-queries.ts";
import { stopSentence } from "../../editions/record-words.ts";
import { en } from "../../ui/words/en.ts";
import type { Target } from "../explain-failure.ts";
import { type Paint, withRightEnd, wrapped } from "../terminal.ts";
import type { Overview } from "./read-overview.ts";
import { commandFor, forTarget, holdWord, moment, progressOf, thousands } from "./words.ts";

export interface Page {
  readonly target: Target;
  /** ISO 8601. */
  readonly now: string;
  readonly paint: Paint;
}

export function showOverview(overview: Overview, page: Page): string {
  const stopped = overview.open.filter(({ state }) => state === "stopped");
  const sending = overview.open.filter(({ state }) => state === "sending");
  const waiting = [
    ...overview.questions.map((question) => showChapterQuestion(question, page)),
    ...stopped.map((edition) => showStopped(edition, page)),
    ...overview.notices.map((notice) => showNotice(notice, page)),
  ];
  const title = page.target === "remote" ? "The newsletter of the deployed library" : "The newsletter on this machine";
  return [
    page.paint(title, "bold"),
    section("Needs attention", waiting.length > 0 ? waiting.join("\n\n") : "  Nothing.", page),
    section("Sending", showSending(sending, overview, page), page),
    section("Complete", showDone(overview, page), page),
    section("Subscribers", showReaders(overview), page),
  ].join("\n\n");
}

const section = (title: string, body: string, { paint }: Page): string => `${paint(title, "bold")}\n${body}`;

function showStopped(edition: EditionStatus, page: Page): string {
  const { id, stoppedAt, stopReason } = edition;
  const head = withRightEnd(`  ${id}`, `stopped ${moment(stoppedAt ?? edition.openedAt)}`);
  return [
    head.replace(id, () => page.paint(id, "red")),
    wrapped(stopSentence(en.desk, stopReason), "    "),
    wrapped(`${capital(progressOf(edition))}.`, "    "),
    commands(page, { continue: `continue ${id}`, end: `skip ${id}`, details: `show ${id}` }),
  ].join("\n");
}

/** Missing chapters that get their own command in the list. */
const maxCommands = 4;

function showChapterQuestion({ place, mayBe, askedAt, body }: ChapterQuestion, page: Page): string {
  const title = `Is ${place} new?`;
  const head = withRightEnd(`  ${title}`, `asked ${moment(askedAt)}`).replace(title, () => page.paint(title, "red"));
  if (mayBe.length === 0) return [head, wrapped(forTarget(body ?? noMissing, page.target), "    ")].join("\n");
  const names = mayBe.map(({ id }) => id);
  const more = names.length - maxCommands;
  return [
    head,
    wrapped(
      `It appeared when ${names.join(", ")} disappeared. It is not emailed until you say whether it is the same chapter.`,
      "    ",
    ),
    ...names
      .slice(0, maxCommands)
      .map((id) => commands(page, { [names.length > 1 ? `is ${id}` : "it moved"]: `identify ${place} ${id}` })),
    ...(more > 0 ? [`    and ${thousands(more)} more: put the id in place of the last word`] : []),
    commands(page, { "it is new": `identify ${place} new` }),
  ].join("\n");
}

const noMissing = "The next cron run resolves which chapter it may be. It is not emailed until then.";

function showNotice({ id, title, body, at }: Notice, page: Page): string {
  const head = withRightEnd(`  ${title}`, moment(at));
  return [
    head.replace(title, () => page.paint(title, "yellow")),
    wrapped(forTarget(body, page.target), "    "),
    commands(page, { dismiss: `dismiss ${id}` }),
  ].join("\n");
}

/** One command per line, after a label. */
const commands = ({ target, paint }: Page, list: Readonly<Record<string, string>>): string =>
  Object.entries(list)
    .map(([what, words]) => `    ${paint(what.padEnd(10), "dim")}  ${commandFor(target, words)}`)
    .join("\n");

function showSending(sending: readonly EditionStatus[], { newsletter, news }: Overview, { now, target }: Page): string {
  if (!newsletter) return wrapped(notBegun(target), "  ");
  const hold = holdWord(newsletter, now, target);
  const lines = [
    ...(hold === undefined ? [] : [wrapped(hold, "  ")]),
    ...sending.map((edition) =>
      [
        withRightEnd(`  ${edition.id}`, `opened ${moment(edition.openedAt)}`),
        wrapped(`${capital(progressOf(edition))}.`, "    "),
      ].join("\n"),
    ),
    ...(news.length === 0 ? [] : [wrapped(`${news.join(", ")}: queued. The next cron run creates the edition.`, "  ")]),
  ];
  return lines.length > 0 ? lines.join("\n") : "  Nothing.";
}

const notBegun = (target: Target): string =>
  `The newsletter has not started. It starts with the first cron run ${
    target === "remote"
      ? "after TOKEN_KEYS, MAIL_FROM and RESEND_API_KEY are set"
      : "on this machine: run `npm start` and open http://localhost:8787/cdn-cgi/handler/scheduled"
  }. Chapters published before then are not emailed; later ones are.`;

function showDone({ open, done, doneTotal }: Overview, { target }: Page): string {
  if (done.length === 0 && open.length > 0) return wrapped("None is complete yet.", "  ");
  if (done.length === 0) return wrapped("No editions yet. The next published chapter creates one automatically.", "  ");
  const lines = done.map((edition) => {
    const { id, doneAt, openedAt, stopReason } = edition;
    const end = stopReason === "skipped" ? "ended by you: " : "";
    return `  ${(doneAt ?? openedAt).slice(0, 10)}  ${id}\n${wrapped(`${end}${progressOf(edition)}`, " ".repeat(14))}`;
  });
  const more = doneTotal - done.length;
  if (more > 0) lines.push(`  ${thousands(more)} earlier: ${commandFor(target, `--limit ${doneTotal}`)}`);
  return lines.join("\n");
}

function showReaders({ subscribers: of, doneTotal }: Overview): string {
  const total = of.each + of.weekly + of.monthly;
  const pending =
    of.pending > 0 ? `${thousands(of.pending)} ${of.pending === 1 ? "has" : "have"} not confirmed yet.` : "";
  if (total === 0) {
    const hadSome = of.gone > 0 || doneTotal > 0;
    const none = hadSome
      ? "No subscribers right now"
      : of.pending > 0
        ? "No confirmed subscribers yet"
        : "No subscribers yet";
    return wrapped(
      `${none}. The form is on the home page, in every book and chapter, and at /newsletter/. ${pending}`,
      "  ",
    );
  }
  const rows = [
    ["each chapter", of.each],
    ["weekly", of.weekly],
    ["monthly", of.monthly],
  ] as const;
  const width = Math.max(...rows.map(([, number]) => thousands(number).length));
  const asides = [
    of.paused > 0 ? `${thousands(of.paused)} of them ${of.paused === 1 ? "is" : "are"} paused.` : "",
    pending,
  ];
  return [
    ...rows.map(([name, number]) => `  ${name.padEnd(12)}  ${thousands(number).padStart(width)}`),
    ...(asides.some(Boolean) ? [wrapped(asides.filter(Boolean).join(" "), "  ")] : []),
  ].join("\n");
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
