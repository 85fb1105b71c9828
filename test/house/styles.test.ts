/**
 * Checks that the entry stylesheets define the order of styles: no file is missing, and no order depends on file names.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type SelectorComponent, transform } from "lightningcss";
import { expect, test } from "vitest";
import { bookCloths, clothNames } from "../../src/library/cloths.ts";
import {
  bundleStyles,
  filesOf,
  importsOf,
  readSheet,
  type SheetName,
  sheets,
  stylesFolder,
} from "../../src/publish/assets/bundle-styles.ts";

const layers = ["tokens", "base", "components", "pages", "print"];
const names: readonly SheetName[] = sheets;
const bundle = (name: SheetName) =>
  bundleStyles(name, ["@font-face { font-family: X; src: url(/x.woff2) }"], ".katex{color:red}");

test("every stylesheet is linked by pages, or imported by one of those, once; every imported file exists", () => {
  const listed = [...names.map((name) => `${name}.css`), ...names.flatMap(filesOf)];
  const files = readdirSync(stylesFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect([...listed].sort()).toEqual(
    files.map(({ parentPath, name }) => relative(stylesFolder, join(parentPath, name)).replaceAll("\\", "/")).sort(),
  );
});

test("a sheet begins with the order of layers, and is nothing but imports into them, in their order", () => {
  for (const name of names) {
    const [order = "", ...imports] = readSheet(`${name}.css`)
      .replace(/\/\*[\s\S]*?\*\//g, "")
      .split("\n")
      .filter((line) => line.trim() !== "");
    expect([name, order]).toEqual([name, `@layer ${layers.join(", ")};`]);
    const imported = importsOf(name);
    expect(imports).toEqual(
      imported.map(
        ({ file, layer }) => `@import "${/^(katex|generated)\//.test(file) ? "" : "./"}${file}" layer(${layer});`,
      ),
    );
    const positions = imported.map(({ layer }) => layers.indexOf(layer.replace(/\..*/, "")));
    expect([name, positions]).toEqual([name, [...positions].sort((a, b) => a - b)]);
    expect(positions).not.toContain(-1);
  }
});

test("a bundle has the files in the order of the imports, and names the layers in theirs", async () => {
  for (const name of names) {
    const mentioned = [...(await bundle(name)).matchAll(/@layer ([\w,. ]+)[;{]/g)].flatMap(([, list = ""]) =>
      list.split(/, ?/).map((layer) => layer.replace(/\..*/, "")),
    );
    expect([name, [...new Set(mentioned)]]).toEqual([name, layers]);
  }
  const reader = await bundle("reader");
  const firstRules = [
    ".masthead",
    ".kicker",
    ".box",
    ".note-mark",
    ".interactive",
    ".feedback",
    ".subscribe-band",
    ".reading",
  ];
  const positions = firstRules.map((selector) => reader.search(new RegExp(`\\${selector}[,{ ]`)));
  expect(positions.every((position) => position > 0)).toBe(true);
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
});

test("every rule is in a layer but the fonts, so that no file overrules another by where it comes", async () => {
  for (const name of names) {
    const types: string[] = [];
    const inLayers: string[] = [];
    transform({
      filename: name,
      code: Buffer.from(await bundle(name)),
      visitor: {
        StyleSheet({ rules }) {
          types.push(...rules.map(({ type }) => type));
          inLayers.push(
            ...rules.flatMap((rule) => (rule.type === "layer-block" ? [(rule.value.name ?? []).join(".")] : [])),
          );
        },
      },
    });
    // The bundler adds a statement for the order of layers if the order of blocks does not give it.
    const rules = new Set(types.filter((type) => type !== "layer-statement"));
    expect([name, [...rules].sort()]).toEqual([name, ["font-face", "layer-block"]]);
    expect([name, [...new Set(inLayers)].sort()]).toEqual([
      name,
      [...new Set(importsOf(name).map(({ layer }) => layer))].sort(),
    ]);
  }
});

test("formulas yield to the library, and paper overrules everything: whatever the selector", () => {
  expect(importsOf("maths")[0]).toEqual({ file: "katex/dist/katex.css", layer: "base.katex" });
  expect(importsOf("reader").at(-1)).toEqual({ file: "print.css", layer: "print" });
});

test("no two files of a layer style the same selector: which of them wins would depend on their order alone", () => {
  const twice: string[] = [];
  for (const layer of layers) {
    const owners = new Map<string, string>();
    for (const file of ownFilesIn(layer)) {
      for (const selector of selectorsOf(file)) {
        const owner = owners.get(selector) ?? file;
        if (owner !== file) twice.push(`${layer}: ${selector} is styled in ${owner} and in ${file}`);
        owners.set(selector, owner);
      }
    }
  }
  expect(twice).toEqual([]);
});

const ownFilesIn = (layer: string): string[] =>
  names.flatMap((name) => {
    const own = new Set(filesOf(name));
    return importsOf(name).flatMap((entry) => (entry.layer === layer && own.has(entry.file) ? [entry.file] : []));
  });

test("every cloth of the table colours the links and the cover of its book, and colours that a reader chose come after them", async () => {
  const css = await bundle("reader");
  for (const name of clothNames) {
    const { light, dark, cover } = bookCloths[name];
    expect(css).toContain(`[data-cloth=${name}]{--cloth:light-dark(${light},${dark});--cover:${cover}}`);
    expect(css.indexOf("--cloth:LinkText")).toBeGreaterThan(css.indexOf(`[data-cloth=${name}]`));
  }
  const spelled = names.flatMap(filesOf).filter((file) => readSheet(file).includes("[data-cloth"));
  expect(spelled, "a colour of a cloth belongs into the table").toEqual([]);
});

test("pages for readers know no left and right, so that they also work from right to left", () => {
  const physical =
    /(?<![-\w])(?:(?:margin|padding|border|inset)-(?:left|right)[-\w]*|left|right|float: (?:left|right)|(?:text-align|clear): (?:left|right))(?=[:;])/;
  /** Shorthands with four values can differ between left and right. */
  const fourSides = /(?:margin|padding|inset):\s*(?:[^\s;()]+(?:\([^;]*?\))?\s+){3}[^\s;]+;/;
  const found = [...filesOf("reader"), ...filesOf("maths")].flatMap((file) =>
    readFileSync(join(stylesFolder, file), "utf8")
      .replace(/\/\*[\s\S]*?\*\//g, "")
      // The author's own choice for a column: `right` in Markdown means right.
      .replace(/\.align-right\s*\{[^}]*\}/, "")
      .split("\n")
      .filter((line) => physical.test(line) || fourSides.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

test("what moves letters within a box is never inherited by the boxes of a formula", async () => {
  const moving = /^(?:hanging-punctuation|letter-spacing|word-spacing|text-transform|text-indent)$/;
  const rules = names.flatMap((name) => filesOf(name).map(readSheet)).flatMap(declarationsOf);
  const reset = new Set(rules.filter(({ selectors }) => selectors.includes(".katex")).map(({ property }) => property));
  // Titles, whose formulas are set as tight as their words.
  const isTitle = (selector: string) => /title|h[1-4]$|front-/.test(selector);
  const inherited = rules.filter(
    ({ property, selectors }) => moving.test(property) && !reset.has(property) && !selectors.every(isTitle),
  );
  expect(inherited.map(({ property, selectors }) => `${selectors}: ${property}`)).toEqual([]);
  expect(reset).toContain("hanging-punctuation");
});

/** Declarations of a stylesheet, in media queries as well. */
function declarationsOf(css: string): { readonly selectors: readonly string[]; readonly property: string }[] {
  const found: { selectors: readonly string[]; property: string }[] = [];
  transform({
    filename: "styles.css",
    code: Buffer.from(css),
    visitor: {
      Rule: {
        style({ value: { selectors, declarations } }) {
          const printed = selectors.map((selector) => selector.map(printPart).join(""));
          for (const declaration of declarations?.declarations ?? []) {
            // The parser does not know every property.
            const property = declaration.property === "custom" ? declaration.value.name : declaration.property;
            found.push({ selectors: printed, property });
          }
        },
      },
    },
  });
  return found;
}

/** Selectors of a file, including those in media queries, each separately. */
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

/** As CSS if the selector is simple; other parts only have to differ from each other. */
function printPart(part: SelectorComponent): string {
  if (part.type === "class") return `.${part.name}`;
  if (part.type === "type") return part.name;
  if (part.type === "combinator") return part.value === "descendant" ? " " : ` ${part.value} `;
  return JSON.stringify(part);
}
