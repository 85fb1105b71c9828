/** Analyses single tokens: formulas, references, headings, links, raw HTML, code. */
import { decodeHTMLStrict } from "entities";
import type { Token, Tokens } from "marked";
import { markId } from "../../library/page-ids.ts";
import { findForbiddenTex } from "../maths/forbidden-tex.ts";
import { typesetMaths } from "../maths/maths.ts";
import { mathsInUnicode } from "../maths/maths-in-unicode.ts";
import { advise } from "../source/suggest.ts";
import type { AnalysisDraft } from "./analysis-draft.ts";
import { htmlBlockProblems } from "./leftover-markup.ts";
import { codeProblems, sentence } from "./markdown-problems.ts";
import { spanInside } from "./positions.ts";
import { checkHtml } from "./raw-html.ts";
import { adviceForTex } from "./tex-advice.ts";
import { headingWords, languageOf, plainText, texOf } from "./token-text.ts";
import { forEachToken, type IndexMarkToken, type MathsToken } from "./tokens.ts";
import { setTypography } from "./typography.ts";

/** `counted`: whether it counts towards the reading time. */
export function analyseMaths(draft: AnalysisDraft, token: Token, maths: MathsToken, counted: boolean): void {
  if (maths.type === "displayedMaths") draft.counts.displayedEquations += 1;
  else if (counted) draft.counts.words += 1;
  const tex = texOf(maths);
  const forbidden = findForbiddenTex(tex);
  if (forbidden) {
    const { message, fix, position, length } = forbidden;
    draft.raise({ token, part: { start: maths.texStart + position, length }, message, fix });
    return;
  }
  const result = typesetMaths(tex, maths.type === "displayedMaths");
  const span = draft.spanOf(token);
  if (result.kind === "typeset") {
    draft.formulas.push({ maths, span });
    return;
  }
  // The label was replaced by blanks, so KaTeX's positions are positions in the source.
  const start = maths.texStart + result.position;
  draft.reportAt(
    spanInside(draft.file, maths, span, start, Math.max(1, result.length)),
    `This TeX cannot be typeset: ${sentence(result.message)}`,
    adviceForTex(result.message),
  );
}

export function analyseCitation(draft: AnalysisDraft, token: Token, keys: readonly string[]): void {
  const { references } = draft.surroundings;
  for (const key of keys) {
    if (references.includes(key)) continue;
    draft.report(
      token,
      `\`${key}\` is not among this page's references.`,
      `Add it to \`references\` in the front matter. ${advise(key, references, "references of this page")}`,
    );
  }
}

export function analyseEquationReference(draft: AnalysisDraft, token: Token, label: string): void {
  const { labels } = draft.definitions;
  if (labels.has(label)) return;
  draft.report(token, `No equation has the label \`${label}\`.`, advise(label, [...labels.keys()], "labels"));
}

export function analyseHeading(draft: AnalysisDraft, heading: Tokens.Heading): void {
  const words = decodeHTMLStrict(plainText(heading.tokens));
  const id = draft.slugger.slug(headingWords(words));
  draft.headingIds.set(heading, id);
  draft.targets.set(`sec:${id}`, { kind: "sec", name: wordsOfHeading(heading), anchor: id });
  if (heading.depth === 1) {
    draft.report(heading, "A page cannot have a level-1 heading: its title is one.", "Use `##`.");
  } else if (heading.depth > draft.depth + 1) {
    draft.report(
      heading,
      `This heading skips a level: ${"#".repeat(heading.depth)} under ${"#".repeat(draft.depth)}.`,
      `Start it with \`${"#".repeat(draft.depth + 1)}\`.`,
    );
  }
  draft.depth = Math.max(2, heading.depth);
}

/** `heading`: the id of the heading that the mark is in, which is shown twice, so it has no second id inside. */
export function analyseIndexMark(
  draft: AnalysisDraft,
  token: Token,
  { kind, entry, see, isMain, tokens }: IndexMarkToken,
  heading: string | undefined,
): void {
  const levels = (entry ?? [printedWords(tokens)]).map((level) => setTypography(level, ""));
  const name = levels.join(" ");
  if (name.trim() === "") {
    draft.report(token, "These words give no entry for the index.", 'Name it: `[…]{.index entry="…"}`.');
    return;
  }
  const slug = draft.markSlugger.slug(/[\p{L}\p{N}]/u.test(name) ? name : "sign");
  const anchor = see ? undefined : (heading ?? markId(slug));
  const isOnHeading = heading !== undefined;
  draft.indexMarks.set(token, { kind, entry: levels, anchor, isOnHeading, isMain, see, span: draft.spanOf(token) });
}

const wordsOfHeading = ({ tokens }: Tokens.Heading): string => printedWords(tokens);

/** With formulas in Unicode. */
const printedWords = (tokens: readonly Token[]): string =>
  setTypography(
    decodeHTMLStrict(
      plainText(tokens, ({ tex }) => {
        const typeset = typesetMaths(tex, false);
        return typeset.kind === "typeset" ? mathsInUnicode(typeset.mathml).join("; ") : tex;
      }),
    ),
    "",
  );

export function analyseLink(draft: AnalysisDraft, link: Tokens.Link): void {
  const target = draft.surroundings.linkTo(decodeHTMLStrict(link.href));
  const span = draft.spanOf(link);
  draft.linkTargets.set(link, target);
  if (target.kind === "broken") draft.report(link, target.message, target.fix);
  forEachToken(link.tokens, (token) => {
    const makesLink = ["citation", "noteReference", "equationReference", "reference"].includes(token.type);
    if (makesLink) draft.report(token, "Links cannot be nested.", "Put it before or after the link.");
  });
  if (target.kind === "chapter") draft.chapterLinks.push({ path: target.path, anchor: target.anchor, span });
  if (target.kind === "anchor") draft.ownAnchors.push({ anchor: target.anchor, span });
}

export function analyseHtml(draft: AnalysisDraft, token: Tokens.Generic): void {
  htmlBlockProblems(token as Token).forEach(draft.raise);
  for (const { offset, message, fix } of checkHtml(token.raw).problems) {
    draft.raise({ token: token as Token, part: { start: offset, length: 1 }, message, fix });
  }
}

export function analyseCode(draft: AnalysisDraft, code: Tokens.Code): void {
  codeProblems(code).forEach(draft.raise);
  draft.languages.add(languageOf(code));
}
