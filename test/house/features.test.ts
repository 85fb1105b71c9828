/** Checks every feature of CSS and JavaScript in what browsers receive against the oldest browsers that are supported. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { browserTargets } from "../../src/publish/assets/browser-targets.ts";
import { ownLibrary } from "../own-library.ts";
import { openWorld, repository, type World } from "../world.ts";
import { lackedInStyles } from "./features/css-features.ts";
import { lackedInScript } from "./features/script-features.ts";

/** Features that some targets lack, which pages do without there. */
const enhancements: Readonly<Record<string, string>> = {
  "beforetoggle event": "Of popovers: showPopover.",
  hidePopover: "As showPopover.",
  showPopover: "Without popovers, links have no previews: src/ui/browser/offer-previews.ts.",
  "::-moz-range-thumb": "Firefox's name; the rule for the others is beside it.",
  "::-moz-range-track": "Firefox's name; the rule for the others is beside it.",
  "::-webkit-slider-runnable-track": "The name in Chrome and Safari; the rule for Firefox is beside it.",
  "::-webkit-slider-thumb": "The name in Chrome and Safari; the rule for Firefox is beside it.",
  ClipboardItem: "A link opens the Markdown instead: src/ui/browser/copy-markdown.ts.",
  "@page": "Safari prints with the reader's own margins, and without page numbers.",
  "break-after: avoid": "A heading may be the last line of a printed page.",
  "content-visibility": "Undoes what only browsers with `::details-content` do.",
  "field-sizing": "A script lets the field grow: src/ui/browser/feedback.ts.",
  "forced-color-adjust": "Safari has no forced colours.",
  "hanging-punctuation": "A quotation mark at the start of a paragraph is inside the column.",
  "hyphenate-limit-chars": "Titles are hyphenated after fewer letters.",
  orphans: "A printed page may end with the first line of a paragraph.",
  "scrollbar-gutter": "Safari's scroll bars are over the page, unless the reader has set otherwise.",
  "text-align: match-parent": "Chrome has it with a prefix, which src/ui/styles/base.css sets where it is supported.",
  "text-wrap: pretty": "The last line of a paragraph may be a single word.",
  widows: "A printed page may start with the last line of a paragraph.",
  // Names of ts-fsrs and of Intl.DateTimeFormat, which newer interfaces of browsers have too.
  format: "Every browser has that of Intl.DateTimeFormat; the other one is of ts-fsrs.",
  Scheduler: "It is a name in ts-fsrs.",
  "touchstart event": "A Mac has no touch screen.",
};

let world: World;
beforeAll(async () => {
  world = await openWorld(ownLibrary, { now: "2026-12-01T00:00:00Z" });
});
afterAll(() => world[Symbol.asyncDispose]());

const files = (extension: string): string[] => {
  const folder = join(world.release, "assets");
  return readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .map((name) => join(folder, name));
};

test("the supported browsers have every feature, except enhancements that pages do without", () => {
  const styles = files(".css").flatMap((file) => lackedInStyles(readFileSync(file, "utf8")));
  const scripts = files(".js").flatMap((file) => lackedInScript(file, readFileSync(file, "utf8")));
  expect(styles.length + scripts.length).toBeGreaterThan(0);
  const nameOf = (lacked: string) => lacked.replace(/: [a-z]+ [\d.]+(?:, [a-z]+ [\d.]+)*$/, "");
  const lacked = [...new Set([...styles, ...scripts])];
  expect(lacked.filter((each) => enhancements[nameOf(each)] === undefined)).toEqual([]);
  expect(Object.keys(enhancements).filter((name) => !lacked.some((each) => nameOf(each) === name))).toEqual([]);
});

test.each([
  ["details::details-content{color:red}", ["::details-content: chrome 123, firefox 121, safari 17.5"]],
  ["@supports selector(::details-content){details::details-content{color:red}}", []],
  ["textarea{field-sizing:content}", ["field-sizing: firefox 121, safari 17.5"]],
  ["@supports (field-sizing:content){textarea{field-sizing:content}}", []],
  ["a{color:light-dark(red,blue);width:1dvw;&:hover{color:red}}", []],
  ["a{width:1px;width:if(media(print):1px)}", []],
  ["a{width:if(media(print):1px)}", ["if(): chrome 123, firefox 121, safari 17.5"]],
  ["@starting-style{a{color:red}}", ["@starting-style: firefox 121"]],
  ["@media (inverted-colors){a{color:red}}", ["@media (inverted-colors): chrome 123, firefox 121"]],
  ["a{user-select:none}", ["user-select: safari 17.5"]],
  ["a{-webkit-user-select:none;user-select:none}", []],
])("styles: %s", (css, lacked) => {
  expect(lackedInStyles(css)).toEqual(lacked);
});

test.each([
  ["document.startViewTransition(f)", ["startViewTransition: firefox 121, safari 17.5"]],
  ["document.startViewTransition?.(f)", []],
  ['"startViewTransition" in document && document.startViewTransition()', []],
  ["const a = Promise.try(b) ?? c", ["try: chrome 123, firefox 121, safari 17.5"]],
  ["addEventListener('scrollend', f)", ["scrollend event: safari 17.5"]],
  ["new Temporal()", ["Temporal: chrome 123, firefox 121, safari 17.5"]],
  ["const x = { draw() {} }; x.draw(); let temporal = 1; fetch('/a').then((y) => y.at(-1))", []],
])("scripts: %s", (script, lacked) => {
  expect(lackedInScript("script.js", script)).toEqual(lacked);
});

test("the README names the browsers", () => {
  const readme = readFileSync(join(repository, "README.md"), "utf8");
  const names = Object.entries(browserTargets).map(
    ([name, version]) => `${name[0]?.toUpperCase()}${name.slice(1)} ${version.join(".").replace(/\.0$/, "")}`,
  );
  for (const name of names) expect(readme).toContain(name);
});
