/** Checks macros.yaml: every output receives the expanded TeX, mistakes are located, and a change reaches all texts. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expandMacros } from "../../src/publish/markdown/expand-macros.ts";
import type { Macros } from "../../src/publish/source/read-macros.ts";
import { repository } from "../world.ts";
import { compile } from "./one-text.ts";
import { compilerFor, copyOf, edit } from "./release-folder.ts";

const macros: Macros = new Map([
  ["\\heat", { tex: "\\operatorname{heat}(#1)", arity: 1 }],
  ["\\norm", { tex: "\\lVert #1\\rVert", arity: 1 }],
  ["\\gap", { tex: "\\norm{#1-#2}", arity: 2 }],
  ["\\leaves", { tex: "\\mathcal L", arity: 0 }],
]);

describe("a macro in TeX", () => {
  test.each([
    ["\\leaves", "\\mathcal L"],
    ["\\leaves x", "\\mathcal L x"],
    ["x^\\leaves_\\leaves", "x^{\\mathcal L}_{\\mathcal L}"],
    ["\\norm{x}", "\\lVert x\\rVert"],
    ["\\norm x", "\\lVert x\\rVert"],
    ["\\norm\n  {x}y", "\\lVert x\\rVert y"],
    ["\\norm{\\{a_{i}\\}}", "\\lVert \\{a_{i}\\}\\rVert"],
    ["\\norm\\alpha x", "\\lVert \\alpha\\rVert x"],
    ["\\gap{a}{\\norm b}", "\\lVert a-\\lVert b\\rVert \\rVert"],
    ["\\heat{x} \\\\heat", "\\operatorname{heat}(x) \\\\heat"],
    ["\\leavesof", "\\leavesof"],
    ["x % \\leaves\ny", "x % \\leaves\ny"],
    ["\\%\\leaves", "\\%\\mathcal L"],
  ])("%j", (tex, expanded) => {
    expect(expandMacros(tex, macros)).toBe(expanded);
  });
});

describe("in a text", () => {
  const written = (heat: string, norm: string, gap: string) => `The law of $${heat}$[^a].

$$
${gap}
$$

| law | $${norm}$ |
| --- | --- |
| a | $p(x \\| y) ${norm}$ |

[^a]: Since $${norm}$.

![Teas.](figure:six-teas "Caption with $${heat}$.")
`;
  const symbols = (heat: string) => [{ tex: "x", meaning: `the unknown of $${heat}$`, shape: heat }];
  const short = written("\\heat{x}", "\\norm{x}", "\\gap{x}{y} \\label{gap}");
  const long = written("\\operatorname{heat}(x)", "\\lVert x\\rVert", "\\lVert x-y\\rVert \\label{gap}");

  test("page, feed, Markdown, email and plain text are those of the expanded TeX", async () => {
    const expanded = await compile(long, undefined, symbols("\\operatorname{heat}(x)"), { asMail: true });
    const text = await compile(short, undefined, symbols("\\heat{x}"), { asMail: true, macros });
    expect(text.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(text.mail).toBeDefined();
    expect(text.html).toContain("lVert x-y");
    for (const part of ["html", "feedHtml", "kept", "copy", "mail"] as const)
      expect(text[part]).toEqual(expanded[part]);
  });

  test("code and prose keep their backslashes", async () => {
    const { html } = await compile("`\\heat` and \\heat{x}\n\n```tex\n\\heat{x}\n```\n", undefined, undefined, {
      macros,
    });
    expect(html.replace(/<\/?span[^>]*>/g, "")).toMatch(
      /^<p><code>\\heat<\/code> and \\heat\{x\}<\/p>\n[\s\S]*\\heat\{x\}<\/code>/,
    );
  });

  test("what follows an expansion is still located where the author wrote it", async () => {
    const text = "A $\\heat{x}$, $\\gap{a}{b}$ and $\\lnn$.\n\n> $$\n> \\heat{x}\n> \\foo\n> $$\n";
    const { problems } = await compile(text, undefined, undefined, { macros });
    expect(problems.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
      "1:33 This TeX cannot be typeset: Undefined control sequence: \\lnn.",
      "5:3 This TeX cannot be typeset: Undefined control sequence: \\foo.",
    ]);
  });
});

describe("of a library", () => {
  test("a change of the book's or the library's file reaches its texts, in one process too", async () => {
    const home = copyOf();
    const compiler = compilerFor(home);
    edit(home, "content/tea/gongfu.md", (text) => `${text}\nThe room is $\\room\\also$.\n`);
    const file = (folder: string, text: string) => writeFileSync(join(home, folder, "macros.yaml"), text);
    file("content", "\\also: 'z'\n");
    file("content/tea", "\\room: T_r\n");
    const texOf = async () => {
      const result = await compiler.compile();
      if (result.kind === "refused") throw new Error(JSON.stringify(result.problems));
      const chapter = result.manifest.books[0]?.contents.find(({ slug }) => slug === "gongfu");
      const hash = chapter && "markdown" in chapter ? chapter.markdown : "";
      const markdown = readFileSync(join(home, `.release/objects/${hash}.md`), "utf8");
      return [/The room is \$(.*?)\$/.exec(markdown)?.[1], result.compiled];
    };
    expect(await texOf()).toEqual(["T_rz", 6]);
    expect(await texOf()).toEqual(["T_rz", 0]);
    file("content/tea", "\\room: T_\\infty\n");
    expect(await texOf()).toEqual(["T_\\infty z", 1]);
    file("content", "\\also: \\mathbf z\n");
    expect(await texOf()).toEqual(["T_\\infty \\mathbf z", 1]);
  });

  test("`npm run check -- --macros` lists them", () => {
    const home = copyOf();
    writeFileSync(join(home, "content/macros.yaml"), "\\norm: '\\lVert #1 \\rVert'\n\\leaves: \\mathcal L\n");
    writeFileSync(join(home, "content/tea/macros.yaml"), "\\gap: '\\norm{#1-#2}'\n");
    const check = (script: string) =>
      spawnSync("node", [join(repository, "src/cli/commands", script), "--macros"], { cwd: home, encoding: "utf8" });
    expect(check("check.ts")).toMatchObject({
      status: 0,
      stderr: "",
      stdout: `content/macros.yaml, for all books
  \\norm{a}   ‖a‖   \\lVert #1 \\rVert
  \\leaves    ℒ     \\mathcal L

content/tea/macros.yaml
  \\gap{a}{b}   ‖a − b‖   \\norm{#1-#2}
`,
    });
    writeFileSync(join(home, "content/tea/macros.yaml"), "\\norm: x\n");
    const { status, stderr } = check("check.ts");
    expect({ status, first: stderr.split("\n")[0] }).toEqual({
      status: 1,
      first: "content/tea/macros.yaml:1:1  error  `\\norm` is already defined in content/macros.yaml.",
    });
  });
});
