/** Checks the sentence at the top of the overview: plural forms, zeros, and a desk without data or newsletter. */
import { expect, test } from "vitest";
import { type DayFacts, daySentence } from "../../src/desk/overview/day-sentence.ts";
import type { Problem, Step } from "../../src/desk/problem.ts";
import { href } from "../../src/routes.ts";
import { en } from "../../src/ui/words/en.ts";

const usual: DayFacts = {
  viewsYesterday: 7502,
  readsYesterday: 3826,
  homeViewsYesterday: 0,
  viewsToday: 100,
  hadViews: true,
  subscribers: 1858,
  problems: [],
};
const sentence = (facts: Partial<DayFacts>): string =>
  daySentence(en.desk, { ...usual, ...facts }).replaceAll("\u00a0", " ");

const problem = (step: Step): Problem => ({ title: "", words: "", step });
const review = (edition: string) => problem({ kind: "link", href: href.deskEditions(edition), words: "" });
const dismiss = (notice: string) => problem({ kind: "settle", notice });

test.each<[Partial<DayFacts>, string]>([
  [{}, "Yesterday 7,502 views, 51 % read; 1,858 subscribers; nothing needs attention."],
  [
    { viewsYesterday: 1, readsYesterday: 1, subscribers: 1 },
    "Yesterday 1 view, 100 % read; 1 subscriber; nothing needs attention.",
  ],
  [
    { homeViewsYesterday: 3502, readsYesterday: 1000 },
    "Yesterday 7,502 views, 25 % read; 1,858 subscribers; nothing needs attention.",
  ],
  [
    { homeViewsYesterday: 7502, readsYesterday: 0 },
    "Yesterday 7,502 views; 1,858 subscribers; nothing needs attention.",
  ],
  [
    { readsYesterday: 0, subscribers: 0 },
    "Yesterday 7,502 views, 0 % read; no subscribers yet; nothing needs attention.",
  ],
  [{ subscribers: undefined }, "Yesterday 7,502 views, 51 % read; nothing needs attention."],
  [{ viewsYesterday: 0, viewsToday: 0 }, "No views yesterday; 1,858 subscribers; nothing needs attention."],
])("%j", (facts, expected) => {
  expect(sentence(facts)).toBe(expected);
});

test("on the first day, with data and without", () => {
  const first = { viewsYesterday: 0, readsYesterday: 0, subscribers: undefined };
  expect(sentence({ ...first, viewsToday: 1 })).toBe(
    "No views yesterday; 1 view so far today; nothing needs attention.",
  );
  expect(sentence({ ...first, viewsToday: 0, hadViews: false })).toBe("No views yet; nothing needs attention.");
});

test("an edition counts once, and other problems are items", () => {
  const needs = (...problems: Problem[]) => sentence({ problems }).split("; ").at(-1);
  expect(needs(review("each_tea"))).toBe("one edition needs attention.");
  expect(needs(review("each_tea"), dismiss("uncertain each_tea"))).toBe("one edition needs attention.");
  expect(needs(review("each_tea"), review("weekly_2026-12-07"))).toBe("2 editions need attention.");
  expect(needs(dismiss("uncertain emails"))).toBe("one item needs attention.");
  expect(needs(dismiss("history tea/old"), review("each_tea"))).toBe("2 items need attention.");
  expect(needs(problem({ kind: "link", href: href.deskEditions(), words: "" }))).toBe("one item needs attention.");
});
