/** Extends marked with maths, citations, sidenotes, equation references and boxes. */
import { Marked, type Token, type TokenizerExtension, type TokensList } from "marked";
import { boxExtent } from "./box-extent.ts";
import { emphasisNextToCjk, maskCjkPunctuation } from "./cjk-emphasis.ts";
import { indexMarkAt, maskIndexBraces } from "./index-marks.ts";
import { inlineMathsAt, maskMaths } from "./inline-maths.ts";
import { labelForm } from "./token-text.ts";
import type {
  BoxToken,
  BrokenToken,
  CaptionToken,
  CitationToken,
  EquationReferenceToken,
  IndexMarkToken,
  MathsToken,
  NoteReferenceToken,
  NoteToken,
  ReferenceToken,
} from "./tokens.ts";

const displayedMathsForm = /^ {0,3}\$\$([\s\S]+?)\$\$[ \t]*(?:\n+|$)/;
/** As Quarto and pandoc-crossref label an equation: `$$ {#eq-name}`, `$$ (name)`, `$$ (eq:name)`. */
const labelledBehindForm = /^ {0,3}\$\$([\s\S]+?)\$\$[ \t]*(?:\{#([^}\s]+)[^}\n]*\}|\(([\w:-]+)\))[ \t]*(?:\n+|$)/;
const citationForm = /^\[@([A-Za-z][\w.-]*(?:\s*;\s*@[A-Za-z][\w.-]*)*)\]/;
/** The brackets of a link's text, and what follows: a parenthesis, or the name of a definition. */
const linkTextForm = /^\[((?:[^[\]\\]|\\[\s\S]|\[[^\]]*\])*)\](?:(\()|(\[)([^\]]*)\])/;
const referenceForm = /^\[@(?:([a-z0-9/-]+)#)?([a-z]+:[^\]\s;]+)\]/;
/** What looks like one, for messages. */
const referenceLike = /^\[@[^\]\n]*[:#][^\]\n]*\]/;
const captionForm = /^: +([^\n]+(?:\n(?![ \t]*(?:\n|$))[^\n]+)*)(?:\n+|$)/;
const noteReferenceForm = /^\[\^([^\]\s]+)\](?!:)/;
const noteForm = /^\[\^([^\]\s]+)\]:[ \t]*((?:[^\n]|\n(?!\s*\n|\[\^|:::|#|\$\$))+)(?:\n+|$)/;
const equationReferenceForm = /^\\eqref\{([^}\n]*)\}/;
const boxForm = /^:::([a-z-]+)(?:\[((?:[^[\]\n]|\[[^\]\n]*\])*)\])?(?:[ \t]*\{#([^}\s]+)\})?[ \t]*\n/;
const boxStartForm = /^:::\s*([a-z-]*)[^\n]*(?:\n|$)/;

const blankLine = /\n[ \t]*\n/;

const inlineMaths: TokenizerExtension = {
  name: "inlineMaths",
  level: "inline",
  start: (source) => indexOrNothing(source.indexOf("$")),
  tokenizer(source) {
    if (source.startsWith("$$")) {
      const raw = /^\$\$(?:[^$]*\$\$)?/.exec(source)?.[0] ?? "$$";
      return {
        type: "broken",
        raw,
        message: "`$$` is inside a paragraph.",
        fix: "Put a displayed formula on its own lines between `$$` and `$$`; for inline maths write `$…$`.",
      } satisfies BrokenToken;
    }
    const raw = inlineMathsAt(source);
    if (raw === undefined) return undefined;
    return { type: "inlineMaths", raw, tex: raw.slice(1, -1), texStart: 1 } satisfies MathsToken;
  },
};

const displayedMaths: TokenizerExtension = {
  name: "displayedMaths",
  level: "block",
  start: (source) => lineStart(source, /\n {0,3}\$\$/),
  tokenizer(source) {
    const match = displayedMathsForm.exec(source);
    if (match?.[1] && !blankLine.test(match[1])) {
      const raw = match[0];
      return { type: "displayedMaths", raw, tex: match[1], texStart: raw.indexOf("$$") + 2 } satisfies MathsToken;
    }
    const labelled = labelledBehindForm.exec(source);
    if (labelled?.[1] && !blankLine.test(labelled[0].trim())) {
      const label = (labelled[2] ?? labelled[3])?.replace(/^eq[-:]/, "");
      return {
        type: "broken",
        raw: labelled[0],
        message: "This label is outside of its equation.",
        fix: `Write \`\\label{${label}}\` before the closing \`$$\`, nothing after it, and refer to it as \`\\eqref{${label}}\`.`,
      } satisfies BrokenToken;
    }
    const start = /^ {0,3}\$\$[^\n]*(?:\n|$)/.exec(source);
    if (!start) return undefined;
    return {
      type: "broken",
      raw: start[0],
      message: "This formula is not closed.",
      fix: "End it with a line `$$` before the next blank line, with nothing after it.",
    } satisfies BrokenToken;
  },
};

const citation: TokenizerExtension = {
  name: "citation",
  level: "inline",
  start: (source) => indexOrNothing(source.indexOf("[@")),
  tokenizer(source) {
    if (isLink(source, this.lexer.tokens.links)) return undefined;
    const reference = referenceForm.exec(source);
    if (reference?.[2] !== undefined)
      return {
        type: "reference",
        raw: reference[0],
        place: reference[1],
        label: reference[2],
      } satisfies ReferenceToken;
    const match = citationForm.exec(source);
    if (!match?.[1] && referenceLike.test(source)) {
      return {
        type: "broken",
        raw: referenceLike.exec(source)?.[0] ?? "[@",
        message: "This is not a valid reference.",
        fix: "Write `[@fig:name]`, or `[@chapter#fig:name]` for another chapter: one label, with `eq`, `fig`, `tbl`, `lst`, `sec`, `thm` … before the colon.",
      } satisfies BrokenToken;
    }
    if (!match?.[1]) {
      const raw = /^\[@[^\]\n]*\]?/.exec(source)?.[0];
      if (raw === undefined) return undefined;
      return {
        type: "broken",
        raw,
        message: "This is not a valid citation.",
        fix: "Write `[@Su21]` or `[@Su21; @Press22]`: only keys, made of letters and digits.",
      } satisfies BrokenToken;
    }
    return { type: "citation", raw: match[0], keys: match[1].split(/\s*;\s*@/) } satisfies CitationToken;
  },
};

/** Whether brackets are the text of a link, `[@lena](https://…)` or `[@lena][name]`: what follows decides. */
function isLink(source: string, definitions: Readonly<Record<string, unknown>>): boolean {
  const [, words = "", parenthesis, bracket, name] = linkTextForm.exec(source) ?? [];
  if (parenthesis !== undefined) return true;
  return bracket !== undefined && Object.hasOwn(definitions, (name || words).replace(/\s+/g, " ").toLowerCase());
}

const caption: TokenizerExtension = {
  name: "caption",
  level: "block",
  tokenizer(source) {
    const match = captionForm.exec(source);
    if (match?.[1] === undefined) return undefined;
    const label = labelForm.exec(match[1])?.[1];
    const tokens: Token[] = this.lexer.inlineTokens(match[1].replace(labelForm, ""));
    return { type: "caption", raw: match[0], label, tokens } satisfies CaptionToken;
  },
};

const noteReference: TokenizerExtension = {
  name: "noteReference",
  level: "inline",
  start: (source) => indexOrNothing(source.indexOf("[^")),
  tokenizer(source) {
    const match = noteReferenceForm.exec(source);
    if (!match?.[1]) return undefined;
    return { type: "noteReference", raw: match[0], name: match[1] } satisfies NoteReferenceToken;
  },
};

const note: TokenizerExtension = {
  name: "note",
  level: "block",
  start: (source) => lineStart(source, /\n\[\^[^\]\s]+\]:/),
  tokenizer(source) {
    const match = noteForm.exec(source);
    if (!match?.[1] || match[2] === undefined) return undefined;
    const tokens: Token[] = this.lexer.inlineTokens(match[2].trim());
    return { type: "note", raw: match[0], name: match[1], tokens } satisfies NoteToken;
  },
};

const equationReference: TokenizerExtension = {
  name: "equationReference",
  level: "inline",
  start: (source) => indexOrNothing(source.indexOf("\\eqref{")),
  tokenizer(source) {
    const match = equationReferenceForm.exec(source);
    if (match?.[1] === undefined) return undefined;
    return { type: "equationReference", raw: match[0], label: match[1] } satisfies EquationReferenceToken;
  },
};

const indexMark: TokenizerExtension = {
  name: "indexMark",
  level: "inline",
  start: (source) => indexOrNothing(source.indexOf("[")),
  tokenizer(source) {
    const found = indexMarkAt(source);
    if (!found) return undefined;
    const { raw } = found;
    if ("problem" in found) return { type: "broken", raw, ...found.problem } satisfies BrokenToken;
    const tokens: Token[] = this.lexer.inlineTokens(found.words);
    return {
      type: "indexMark",
      raw,
      wordsLength: found.words.length,
      ...found.attributes,
      tokens,
    } satisfies IndexMarkToken;
  },
};

const box: TokenizerExtension = {
  name: "box",
  level: "block",
  start: (source) => lineStart(source, /\n:::/),
  tokenizer(source) {
    const match = boxForm.exec(source);
    const extent = match ? boxExtent(source, match[0].length) : undefined;
    if (match?.[1] !== undefined && extent) {
      // Otherwise marked would omit the paragraph tags of a box inside a tight list.
      this.lexer.state.top = true;
      return {
        type: "box",
        raw: source.slice(0, extent.end),
        name: match[1],
        title: this.lexer.inlineTokens(match[2] ?? ""),
        label: match[3],
        tokens: this.lexer.blockTokens(extent.content, []),
      } satisfies BoxToken;
    }
    const start = boxStartForm.exec(source);
    if (!start) return undefined;
    return {
      type: "broken",
      raw: start[0],
      message: start[1]
        ? `The box \`${start[1]}\` is not closed, or its first line is malformed.`
        : "This `:::` closes no box.",
      fix: "A box starts with `:::example[Title]` and ends with `:::`, each on its own line.",
    } satisfies BrokenToken;
  },
};

const marked = new Marked({
  gfm: true,
  extensions: [inlineMaths, displayedMaths, citation, noteReference, note, equationReference, caption, indexMark, box],
  hooks: { emStrongMask: (source) => maskCjkPunctuation(maskIndexBraces(maskMaths(source))) },
  tokenizer: emphasisNextToCjk,
});

/** The tokens of a text without its front matter. */
export const tokenize = (markdown: string): TokensList => marked.lexer(markdown);

const indexOrNothing = (index: number): number | undefined => (index === -1 ? undefined : index);

/** Where one of our blocks may interrupt a paragraph: the line after the newline that `form` starts with. */
function lineStart(source: string, form: RegExp): number | undefined {
  const index = source.search(form);
  return index === -1 ? undefined : index + 1;
}

/** The tokens of a single line, such as a caption. */
export const tokenizeInline = (markdown: string): Token[] => marked.Lexer.lexInline(markdown, marked.defaults);
