/** Asks for the overview of an open newsletter on the free plan, in tests that look at its numbers. */
import type { OverviewQuestion } from "../../src/desk/overview/overview.ts";
import { freeQuota } from "../../src/mail/quota.ts";
import { en } from "../../src/ui/words/en.ts";

/** `now` in milliseconds since 1970. */
export const overviewQuestion = (now: number): OverviewQuestion => ({
  now,
  isOpen: true,
  quota: freeQuota,
  words: en,
  names: Promise.resolve({ titleOf: () => "", chapterAt: () => undefined }),
});
