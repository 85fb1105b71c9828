/** The order of styles is the one that `bundle-styles.ts` writes down: no file is missing from it, and none overrules another by its name. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type SelectorComponent, transform } from "lightningcss";
import { expect, test } from "vitest";
import {
  bundleStyles,
  filesOf,
  layers,
  type SheetName,
  sheets,
  stylesFolder,
} from "../../src/publish/assets/bundle-styles.ts";

const names = Object.keys(sheets) as SheetName[];

test("every stylesheet is in the list, once, and every file of the list exists", () => {
  const listed = names.flatMap(filesOf);
  expect([...listed].sort()).toEqual(readdirSync(stylesFolder).sort());
});

test("a sheet has its files in the order of the list, and the layers in theirs", () => {
  for (const name of names) {
    const css = bundleStyles(name, [], ".katex{color:red}");
    const mentioned = [...css.matchAll(/@layer ([\w, ]+)[;{]/g)].flatMap(([, list = ""]) => list.split(/, ?/));
    expect([name, [...new Set(mentioned)]]).toEqual([name, layers]);
  }
  const library = bundleStyles("library", []);
  const firstRules = [
    ".masthead",
    ".reading",
    ".box",
    ".note-mark",
    ".interactive",
    ".feedback",
    ".front",
    ".subscribe-band",
  ];
  const positions = firstRules.map((selector) => library.search(new RegExp(`\\${selector}[,{ ]`)));
  expect(positions.every((position) => position > 0)).toBe(true);
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
});

test("every rule is in a layer but the fonts, so that no file overrules another by where it comes", () => {
  for (const name of names) {
    const types: string[] = [];
    const inLayers: string[] = [];
    transform({
      filename: name,
      code: Buffer.from(bundleStyles(name, ["@font-face { font-family: X; src: url(/x.woff2) }"], ".katex{color:red}")),
      visitor: {
        StyleSheet({ rules }) {
          types.push(...rules.map(({ type }) => type));
          inLayers.push(...rules.flatMap((rule) => (rule.type === "layer-block" ? (rule.value.name ?? []) : [])));
        },
      },
    });
    expect([name, [...new Set(types)].sort()]).toEqual([name, ["font-face", "layer-block", "layer-statement"]]);
    expect(inLayers).toEqual(layers.filter((layer) => layer === "katex" || layer in sheets[name]));
  }
});

test("formulas yield to the library, and paper overrules everything: whatever the selector", () => {
  expect(layers.indexOf("katex")).toBe(0);
  expect(layers.at(-1)).toBe("print");
});

test("no two files of a layer style the same selector: which of them wins would depend on their order alone", () => {
  const twice: string[] = [];
  for (const layer of layers) {
    const owners = new Map<string, string>();
    const files = names.flatMap((name) =>
      Object.entries(sheets[name]).flatMap(([key, list]) => (key === layer ? list : [])),
    );
    for (const file of files) {
      for (const selector of selectorsOf(file)) {
        const owner = owners.get(selector) ?? file;
        if (owner !== file) twice.push(`${layer}: ${selector} is styled in ${owner} and in ${file}`);
        owners.set(selector, owner);
      }
    }
  }
  expect(twice).toEqual([]);
});

test("pages for readers know no left and right, so that they also work from right to left", () => {
  const physical =
    /(?<![-\w])(?:(?:margin|padding|border|inset)-(?:left|right)[-\w]*|left|right|float: (?:left|right)|(?:text-align|clear): (?:left|right))(?=[:;])/;
  /** Four values differ between left and right. */
  const fourSides = /(?:margin|padding|inset):\s*(?:[^\s;()]+(?:\([^;]*?\))?\s+){3}[^\s;]+;/;
  const found = [...filesOf("library"), ...filesOf("maths")].flatMap((file) =>
    readFileSync(join(stylesFolder, file), "utf8")
      .replace(/\/\*[\s\S]*?\*\//g, "")
      // The author's own choice for a column: what Markdown calls right is right.
      .replace(/\.align-right\s*\{[^}]*\}/, "")
      .split("\n")
      .filter((line) => physical.test(line) || fourSides.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

/** Selectors of a file, those inside media queries included, each on its own. */
function selectorsOf(file: string): ReadonlySet<string> {
  const selectors = new Set<string>();
  transform({
    filename: file,
    code: readFileSync(join(stylesFolder, file)),
    visitor: {
      Selector(selector) {
        selectors.add(selector.map(printPart).join(""));
      },
    },
  });
  return selectors;
}

/** As CSS where that is simple; other parts only have to differ from each other. */
function printPart(part: SelectorComponent): string {
  if (part.type === "class") return `.${part.name}`;
  if (part.type === "type") return part.name;
  if (part.type === "combinator") return part.value === "descendant" ? " " : ` ${part.value} `;
  return JSON.stringify(part);
}
