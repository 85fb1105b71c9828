/** Checks the rules that tick what was read. */
import { transform } from "lightningcss";
import { expect, test } from "vitest";
import { identitiesIn } from "../../../../src/ui/browser/progress/identities.ts";
import { shelfRules, tickRules } from "../../../../src/ui/browser/progress/tick-rules.ts";

test("nothing is ticked before anything was read", () => {
  expect(tickRules([], "read")).toBe("");
  expect(shelfRules([])).toBe("");
});

test("the rules are valid, on the screen only, and match a link by its identity, or by its path if it has none", () => {
  const rules = tickRules(["tea/cooling", "tea/tea"], "read");
  const { code } = transform({ filename: "ticks.css", code: Buffer.from(rules), minify: true });
  expect(code.toString()).toMatch(/^@media screen\{.*:after\{content/);
  expect(rules).toContain('[data-id="tea/cooling"],[href="/tea/cooling"]:not([data-id]),[data-id="tea/tea"]');
  expect(rules).toContain('content:"\\a0✓"/", read"');
});

test("only identities become a part of it", () => {
  expect(identitiesIn({ "tea/cooling": 1, 'x"]': 1, tea: 1, "tea/b c": 1, "": 1 })).toEqual(["tea/cooling"]);
  expect([null, undefined, "tea/cooling", 7, ["tea/cooling"]].flatMap(identitiesIn)).toEqual([]);
});
