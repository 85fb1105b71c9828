/** Checks that an exported file is imported again without a loss, and that nothing else is imported. */
import { expect, test } from "vitest";
import { exportedText, mergeAll, parseAll, parseExported } from "../../../src/ui/browser/kept-data.ts";

const record = { at: 2, path: "/tea/cooling", title: "Cooling", seconds: 9, depth: 50 };
const recall = { "00000000aa": { text: "tea/cooling", reviews: [[5, 3]] } };
const all = { reading: { "tea/cooling": record }, done: { "tea/cooling": 1 }, recall };

test("an exported file has everything", () => {
  expect(parseExported(exportedText(all))).toEqual(all);
  expect(parseExported(exportedText({}))).toEqual({});
});

test.each([
  ["not JSON", "{"],
  ["not JSON", ""],
  ["not ours", "null"],
  ["not ours", "[1]"],
  ["not ours", '{"reading":{}}'],
  ["not ours", '{"format":"library-reading"}'],
  ["not ours", '{"format":"other","data":{}}'],
])("%s: %s", (expected, text) => {
  expect(parseExported(text)).toBe(expected);
});

test("of a file, only what is valid is imported", () => {
  const data = { ...all, done: { "tea/cooling": 1, "x]": 2, "tea/milk": "x" }, theme: "dark" };
  expect(parseExported(JSON.stringify({ format: "library-reading", data }))).toEqual(all);
  expect(parseAll((key) => (key === "done" ? 7 : undefined))).toEqual({});
});

test("what is imported is added to what is there", () => {
  const milk = { ...record, path: "/tea/milk", title: "Milk" };
  const rated = (...reviews: readonly (readonly [number, number])[]) => ({
    "00000000aa": { text: "tea/cooling", reviews },
  });
  const other = {
    reading: { "tea/milk": milk },
    done: { "tea/cooling": 3, "tea/milk": 4 },
    recall: rated([5, 3], [9, 1]),
  };
  const merged = {
    reading: { ...all.reading, "tea/milk": milk },
    done: { "tea/cooling": 1, "tea/milk": 4 },
    recall: rated([5, 3], [9, 1]),
  };
  expect(mergeAll(all, other)).toEqual(merged);
  expect(mergeAll({}, all)).toEqual(all);
  expect(mergeAll(all, {})).toEqual(all);
  expect(mergeAll(merged, other)).toEqual(merged);
});
