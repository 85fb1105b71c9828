/** Generates any number of well-formed texts for property tests: nested inline Markdown in nested blocks. */
import fc from "fast-check";

const word = fc.constantFrom(
  "tea",
  "cups",
  "is",
  "a",
  "kettle",
  "steeps",
  "1",
  "Über",
  "茶",
  "cost $5",
  "x_1",
  "a * b",
  '"hot"',
  "it's",
  "and",
  "2 < 3",
  "a | b",
);

/** One line of inline Markdown. */
const { line } = fc.letrec<{ line: string; piece: string }>((tie) => ({
  line: fc.array(tie("piece"), { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(" ")),
  piece: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    word,
    fc.constantFrom(
      "$x$",
      "$a_i * b_i$",
      "`code`",
      "`$`",
      "[@Okakura06]",
      "[@Okakura06; @Newton01]",
      "<br>",
      "\\*",
      "&amp;",
      "https://example.org/a_b",
    ),
    tie("line").map((text) => `*${text}*`),
    tie("line").map((text) => `**${text}**`),
    tie("line").map((text) => `[${text}](leaves)`),
    tie("line").map((text) => `<kbd>${text}</kbd>`),
    tie("line").map((text) => `~~${text}~~`),
  ),
}));

export const inlineMarkdown: fc.Arbitrary<string> = line;

const indent = (text: string, by: string): string =>
  text
    .split("\n")
    .map((row) => (row === "" ? "" : `${by}${row}`))
    .join("\n");
const quote = (text: string): string =>
  text
    .split("\n")
    .map((row) => (row === "" ? ">" : `> ${row}`))
    .join("\n");
/** An unescaped bar would end the cell. */
const cell = (text: string): string => text.replace(/\n/g, " ").replace(/\|/g, "\\|");

/** Blocks that may be nested; `core` is a line of inline Markdown that appears somewhere in each. */
const blockAround = (core: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.letrec<{ blocks: string; block: string }>((tie) => ({
    blocks: fc
      .tuple(
        fc.array(line.map(asParagraph), { maxLength: 2 }),
        tie("block"),
        fc.array(line.map(asParagraph), { maxLength: 1 }),
      )
      .map(([before, block, after]) => [...before, block, ...after].join("\n\n")),
    block: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      core.map(asParagraph),
      core.map(asParagraph),
      fc.tuple(line, core).map(([first, second]) => `${asParagraph(first)}\n${asParagraph(second)}`),
      core.map((text) => `$$\na\\text{${text.includes("$") ? "b" : ""}}\n$$\n\n${asParagraph(text)}`),
      fc.tuple(line, core).map(([head, data]) => `| ${cell(head)} | b |\n| --- | --- |\n| c | ${cell(data)} |`),
      fc.tuple(line, core).map(([head, data]) => `| ${cell(data)} | b |\n| --- | --- |\n| ${cell(head)} | c |`),
      tie("blocks").map((inside) => `- first\n- ${indent(inside, "  ").trimStart()}\n- last`),
      tie("blocks").map((inside) => `1. ${indent(inside, "   ").trimStart()}\n2. last`),
      tie("blocks").map(quote),
    ),
  })).blocks;

/** Keeps words that would start a list, a heading, a quotation or the like within a paragraph. */
const asParagraph = (text: string): string => `So ${text}`;

/** A whole text with a line that contains `core` somewhere. */
export const textAround = (core: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(
        fc.oneof(
          line.map(asParagraph),
          line.map((text) => `## So ${text}`),
        ),
        { maxLength: 3 },
      ),
      fc.oneof(
        blockAround(core),
        fc
          .tuple(line, blockAround(core))
          .map(([title, inside]) => `:::note[So ${title.replace(/[[\]]/g, "")}]\n${inside}\n:::`),
        core.map((title) => (/[[\]]/.test(title) ? title : `:::note[So ${title}]\nTea.\n:::`)).map((text) => text),
        core.map((title) => `## So ${title}`),
        core.map((caption) => `![Teas.](figure:six-teas "So ${caption.replace(/"/g, '\\"')}")`),
        core.map((note) => `A note[^n].\n\n[^n]: So ${note}`),
      ),
      fc.array(line.map(asParagraph), { maxLength: 2 }),
    )
    .map(([before, middle, after]) => [...before, middle, ...after].join("\n\n"));

export const anyText: fc.Arbitrary<string> = textAround(line);
