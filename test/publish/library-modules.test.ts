/**
 * Checks the figures, numbers and covers of a library: found by file name, reloaded when they change, and always
 * validated.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { htmlOf, parseChapter } from "../../src/library/chapter-object.ts";
import { writeRelease } from "../../src/publish/release.ts";
import { formatProblems } from "../../src/publish/source/problem.ts";
import { compilerFor, copyOf, edit, manifestOf } from "./release-folder.ts";

const figure = "content/tea/figures/cooling-cup.ts";
const teas = "content/tea/figures/six-teas.ts";

/** The library, its open compiler as in `npm start`, and the latest release. */
async function openLibrary() {
  const home = copyOf();
  const compiler = compilerFor(home);
  const compile = async () => {
    const result = await writeRelease(home, compiler);
    if (result.kind === "refused") throw new Error(formatProblems(result.problems, (text) => text));
    return result.compiled;
  };
  await compile();
  const objectOf = (hash: string) => {
    const object = parseChapter(readFileSync(join(home, `.release/objects/${hash}.chapter`)));
    return { ...object, html: htmlOf(object) };
  };
  return {
    home,
    compile,
    chapter(slug: string) {
      const entry = manifestOf(home).books[0]?.contents.find((chapter) => chapter.slug === slug);
      return objectOf(entry && "object" in entry ? entry.object : "");
    },
    overview: () => objectOf(manifestOf(home).books[0]?.overview.object ?? ""),
    script: () => manifestOf(home).assets.figureScripts["cooling-cup"],
  };
}

describe("a change shows without a restart, and only what it touches is compiled again", () => {
  test("of a model: in a figure and its script, and in a figure and the numbers of its chapter", async () => {
    const library = await openLibrary();
    const script = library.script();
    edit(library.home, "content/tea/models/newton.ts", (text) => text.replace("rate: 0.07", "rate: 0.14"));
    expect(await library.compile()).toBe(1);
    expect(library.chapter("cooling").html).toContain("it can be drunk after 4.0 minutes.");
    expect(library.script()).not.toBe(script);
    edit(library.home, "content/tea/models/oxidation.ts", (text) => text.replace("to: 80", "to: 85"));
    await expect(library.compile()).rejects.toThrow("`range.2` is 85, not 80.");
    edit(library.home, "content/tea/leaves.md", (text) => text.replace("{{range.2=80}}", "{{range.2}}"));
    expect(await library.compile()).toBe(1);
    expect(library.chapter("leaves").html).toContain("from 10 to 85 percent");
  });

  test("of a figure, of the cover, and of the cover that is taken away", async () => {
    const library = await openLibrary();
    edit(library.home, teas, (text) =>
      text.replace("label(middle, ground + 22, name,", 'label(middle, ground + 22, "blue " + name,'),
    );
    expect(await library.compile()).toBe(1);
    expect(library.chapter("leaves").html).toContain(">blue oolong</text>");
    const cover = library.overview().cover;
    edit(library.home, "content/tea/cover.ts", (text) => text.replace('"M72 378H228"', '"M60 378H240"'));
    expect(await library.compile()).toBe(1);
    expect(library.overview().cover).toBe(cover?.replace("M72 378H228", "M60 378H240"));
    rmSync(join(library.home, "content/tea/cover.ts"));
    expect(await library.compile()).toBe(1);
    expect(library.overview().cover).toContain('stroke-width="1.6"');
    expect(await library.compile()).toBe(0);
  });

  test("of a figure that was missing when its chapter was read", async () => {
    const library = await openLibrary();
    renameSync(join(library.home, teas), join(library.home, "content/tea/figures/teas.ts"));
    await expect(library.compile()).rejects.toThrow("There is no figure `six-teas`.");
    renameSync(join(library.home, "content/tea/figures/teas.ts"), join(library.home, teas));
    expect(await library.compile()).toBeGreaterThan(0);
    expect(library.chapter("leaves").html).toContain(">oolong</text>");
  });
});

/** The author's error messages after the change, without the final count. */
async function problemsAfter(change: (home: string) => void): Promise<string> {
  const home = copyOf();
  change(home);
  const result = await compilerFor(home).compile();
  if (result.kind !== "refused") throw new Error("It was compiled.");
  return formatProblems(result.problems, (text) => text).replace(/\n\n\d+ errors?\.$/, "");
}

const write = (path: string, text: string) => (home: string) => {
  mkdirSync(join(home, path, ".."), { recursive: true });
  writeFileSync(join(home, path), text);
};

describe("what is wrong with one of them is a problem of its file, and of no text", () => {
  test.each<[string, (home: string) => void, string]>([
    [
      "a figure that cannot be compiled",
      (home) => edit(home, teas, (text) => text.replace("...teas.map(", "...teas.map)(")),
      `${teas}:21:3  error  This file cannot be compiled: Expected identifier but found ")".
  21 |   );
     |   ^
  -> Correct it; \`npm run check:types\` lists all mistakes in code.`,
    ],
    [
      "an import that leads nowhere",
      (home) => edit(home, figure, (text) => text.replace("../models/newton.ts", "../models/newtn.ts")),
      `${figure}:6:63  error  This file cannot be compiled: Could not resolve "../models/newtn.ts".
  6 | import { cups, minutesUntil, poured, room, temperature } from "../models/newtn.ts";
    |                                                               ^^^^^^^^^^^^^^^^^^^^
  -> Correct it; \`npm run check:types\` lists all mistakes in code.`,
    ],
    [
      "a file that exports no figure",
      write(teas, "export const drawing = () => '<svg />';\n"),
      `${teas}:1:1  error  This file exports no figure.
  -> Export \`figure\`: a function that returns an \`<svg>\`, or an \`InteractiveFigure\`; src/figures/README.md has an example.`,
    ],
    [
      "a figure that throws when it is loaded",
      write(teas, "export const figure = null.draw;\n"),
      `${teas}:1:1  error  This file throws an error when it is loaded: TypeError: Cannot read properties of null (reading 'draw').
  -> Correct it, or what it imports.`,
    ],
    [
      "a figure that throws when it is drawn",
      write(teas, "export const figure = () => { throw new Error('No tea.'); };\n"),
      `${teas}:1:1  error  This figure throws an error when it is drawn: Error: No tea.
  -> Correct it; \`npm run figure\` draws every state of a figure.`,
    ],
    [
      "a figure that throws only when it is touched",
      (home) =>
        edit(home, figure, (text) => text.replace("draw: (state) =>", "draw: (state) => state.cup > 1 ? empty() :")),
      `${figure}:1:1  error  This figure throws an error when it is drawn: ReferenceError: empty is not defined.
  -> Correct it; \`npm run figure\` draws every state of a figure.`,
    ],
    [
      "a figure that draws a control character",
      write(
        teas,
        'export const figure = () => \'<svg viewBox="0 0 1 1" xmlns="http://www.w3.org/2000/svg"><text>\\b</text></svg>\';\n',
      ),
      `${teas}:1:1  error  This figure draws a control character, with which an SVG file cannot be read.
  -> Remove it from the figure's text.`,
    ],
    [
      "a figure that is no drawing",
      write(teas, "export const figure = () => 'tea';\n"),
      `${teas}:1:1  error  This figure does not draw a whole \`<svg>\`.
  -> Let \`drawing()\` of \`#figures/drawing.ts\` put it together.`,
    ],
    [
      "two figures of one name, in two books",
      (home) => {
        write("content/pots/book.md", "---\ntitle: Pots\nblurb: Clay.\norder: 2\n---\nClay.\n")(home);
        write(
          "content/pots/figures/six-teas.ts",
          "export const figure = () => '<svg viewBox=\"0 0 1 1\"></svg>';\n",
        )(home);
      },
      `content/pots/figures/six-teas.ts:1:1  error  There are two figures called \`six-teas\`: this one and ${teas}.
  -> Rename one of the two files: the name of a figure is unique in the library.`,
    ],
    [
      "numbers of a chapter that is not there",
      write("content/tea/numbers/coling.ts", "export const rate = 0.07;\n"),
      `content/tea/numbers/coling.ts:1:1  error  These numbers belong to no page: there is no content/tea/coling.md.
  -> Name the file after the page that shows them. Did you mean \`cooling\`?`,
    ],
    [
      "numbers that throw when they are loaded",
      write("content/tea/numbers/leaves.ts", "export const count = null.rate;\n"),
      `content/tea/numbers/leaves.ts:1:1  error  This file throws an error when it is loaded: TypeError: Cannot read properties of null (reading 'rate').
  -> Correct it, or what it imports.`,
    ],
    [
      "a cover that is none",
      write("content/tea/cover.ts", "export const cup = () => '<svg />';\n"),
      `content/tea/cover.ts:1:1  error  This file exports no cover.
  -> Export \`cover\`, a function that returns an \`<svg>\` of 300 × 420 units, or delete the file: then the cover is a rosette.`,
    ],
    [
      "a cover that throws",
      write("content/tea/cover.ts", "export const cover = () => { throw new Error('No ink.'); };\n"),
      `content/tea/cover.ts:1:1  error  This cover throws an error when it is drawn: Error: No ink.
  -> Correct it, or delete the file: then the cover is a rosette.`,
    ],
  ])("%s", async (_, change, said) => {
    expect(await problemsAfter(change)).toBe(said);
  });
});
