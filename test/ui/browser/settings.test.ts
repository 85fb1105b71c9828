/** Checks the reading settings as they are stored, and the style rules that are written from them. */
import { transform } from "lightningcss";
import { afterEach, expect, test, vi } from "vitest";
import { mergeAll, parseAll } from "../../../src/ui/browser/kept-data.ts";
import { parseSettings, withSetting } from "../../../src/ui/browser/settings/record.ts";
import { rulesFor } from "../../../src/ui/browser/settings/rules.ts";
import { storedRules } from "../../../src/ui/browser/settings/stored-rules.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

test("only known options are kept, and none that are usual", () => {
  const stored = { size: "130", length: "normal", face: "gothic", spacing: 2, motion: "none", rules: "x", other: "1" };
  expect(parseSettings(stored)).toEqual({ size: "130", motion: "none" });
  for (const garbage of [undefined, null, 7, "130", [], { size: ["130"] }]) expect(parseSettings(garbage)).toEqual({});
  expect(withSetting({ size: "130", face: "sans" }, "size", "100")).toEqual({ face: "sans" });
});

test("what is usual needs no rules", () => {
  expect(rulesFor({})).toBe("");
});

test.each([
  { size: "90" },
  { size: "150", length: "long" },
  { length: "short" },
  { face: "sans" },
  { spacing: "tight" },
  { motion: "none" },
  { size: "115", length: "long", face: "sans", spacing: "loose", motion: "none" },
] as const)("the rules of %o are correct CSS, all of it for the screen", (settings) => {
  const css = rulesFor(settings);
  expect(css.startsWith("@media screen{")).toBe(true);
  const types: string[] = [];
  const { warnings } = transform({
    filename: "settings.css",
    code: Buffer.from(css),
    visitor: {
      StyleSheet({ rules }) {
        types.push(...rules.map(({ type }) => type));
      },
    },
  });
  expect(warnings).toEqual([]);
  expect(types).toEqual(["media"]);
});

test.each([
  ["nothing", null, ""],
  ["no JSON", "{", ""],
  ["a number", "7", ""],
  ["rules of something else", '{"rules":"body{display:none}"}', ""],
  ["no text", '{"rules":{"startsWith":1}}', ""],
  ["rules", JSON.stringify({ size: "90", rules: rulesFor({ size: "90" }) }), rulesFor({ size: "90" })],
])("of what is stored, only rules for the screen are applied: %s", (_, stored, applied) => {
  vi.stubGlobal("localStorage", { getItem: (key: string) => (key === "settings" ? stored : null) });
  expect(storedRules()).toBe(applied);
});

test("an export has the settings without their rules, and an import keeps the reader's own", () => {
  const own = { size: "130", rules: "@media screen{}", script: "/assets/settings.1.js" };
  const kept = parseAll((key) => (key === "settings" ? own : undefined));
  expect(kept).toEqual({ settings: { size: "130" } });
  expect(mergeAll(kept, { settings: { size: "90", face: "sans" } })).toEqual({
    settings: { size: "130", face: "sans" },
  });
});
