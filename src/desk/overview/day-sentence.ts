/** Sums up the desk in one sentence: how yesterday was, how many subscribers there are, and what needs attention. */
import { uncertainEmails } from "../../library/edition-texts.ts";
import { href } from "../../routes.ts";
import type { Words } from "../../ui/words/words.ts";
import { printedShare } from "../numbers.ts";
import type { Problem } from "../problem.ts";

export interface DayFacts {
  readonly viewsYesterday: number;
  readonly readsYesterday: number;
  /** Of `viewsYesterday`, those of the home page, which has no text to read. */
  readonly homeViewsYesterday: number;
  readonly viewsToday: number;
  /** Whether there was a view before yesterday. */
  readonly hadViews: boolean;
  /** Undefined without a newsletter. */
  readonly subscribers: number | undefined;
  readonly problems: readonly Problem[];
}

export function daySentence(words: Words["desk"], facts: DayFacts): string {
  const { overview } = words;
  return overview.sentence([
    ...readClauses(words, facts),
    ...(facts.subscribers === undefined ? [] : [overview.subscribersNow(facts.subscribers)]),
    attentionClause(words, facts.problems),
  ]);
}

function readClauses({ overview, numbers }: Words["desk"], facts: DayFacts): string[] {
  const { viewsYesterday, readsYesterday, homeViewsYesterday, viewsToday, hadViews } = facts;
  if (viewsYesterday > 0) {
    const ofChapters = viewsYesterday - homeViewsYesterday;
    return [
      overview.viewsYesterday(
        viewsYesterday,
        ofChapters > 0 ? printedShare(numbers, readsYesterday, ofChapters) : undefined,
      ),
    ];
  }
  if (viewsToday > 0) return [overview.noViewsYesterday, overview.viewsToday(viewsToday)];
  return [hadViews ? overview.noViewsYesterday : overview.noViewsYet];
}

/** Editions are counted once, however many of their problems are open. */
function attentionClause({ overview }: Words["desk"], problems: readonly Problem[]): string {
  if (problems.length === 0) return overview.nothingNeedsAttention;
  const editions = new Set(problems.map(editionOf));
  return editions.has(undefined)
    ? overview.itemsNeedAttention(problems.length)
    : overview.editionsNeedAttention(editions.size);
}

/** URL of the edition that a problem is about. */
function editionOf({ step }: Problem): string | undefined {
  if (step.kind === "link") return step.href.startsWith(`${href.deskEditions()}/`) ? step.href : undefined;
  const [, uncertain] = step.kind === "settle" ? (/^uncertain (.*)$/.exec(step.notice) ?? []) : [];
  return uncertain === undefined || step.kind !== "settle" || step.notice === uncertainEmails.id
    ? undefined
    : href.deskEditions(uncertain);
}
