/** Compares texts that were edited with what their reader knows. */
import { expect, test } from "vitest";
import { changesSince } from "../../../../src/ui/browser/progress/changes-since.ts";

const compare = (known: string, now: string) => changesSince(known.split(""), now.split(""));

test.each([
  ["an edited block", "abcd", "abXd", { edited: [2], cuts: [], gone: 0 }],
  ["the first block", "abcd", "Xbcd", { edited: [0], cuts: [], gone: 0 }],
  ["a new block", "abcd", "abXcd", { edited: [2], cuts: [], gone: 0 }],
  ["a block that was removed", "abcd", "abd", { edited: [], cuts: [2], gone: 1 }],
  ["the last block, removed", "abcd", "abc", { edited: [], cuts: [3], gone: 1 }],
  ["two blocks that became one", "abcd", "aXd", { edited: [1], cuts: [2], gone: 1 }],
  ["one block that became two", "abcd", "aXYcd", { edited: [1, 2], cuts: [], gone: 0 }],
  ["a block that was moved", "abcd", "bcda", { edited: [3], cuts: [0], gone: 1 }],
  ["a repeated block, of which one was removed", "aabac", "abac", { edited: [], cuts: [1], gone: 1 }],
  ["a text that was rewritten", "abc", "XYZ", { edited: [0, 1, 2], cuts: [], gone: 0 }],
  ["a text that was emptied", "abc", "", { edited: [], cuts: [0], gone: 3 }],
])("%s", (_, known, now, changes) => {
  const found = compare(known, now);
  expect(found).toEqual(changes);
});

test("a text that is as it was has no changes", () => {
  expect(compare("abab", "abab")).toBeUndefined();
  expect(changesSince([], [])).toBeUndefined();
});
