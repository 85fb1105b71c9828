/** Analyses a text's tokens in one pass: numbers figures and notes, resolves references, and reports problems. */
import type { Token, Tokens } from "marked";
import { changesId } from "../../routes.ts";
import type { ChapterFields } from "../source/content-schema.ts";
import { compareText, type ProblemList } from "../source/problem.ts";
import type { TextSource } from "../source/read-content.ts";
import { advise } from "../source/suggest.ts";
import {
  analyseCitation,
  analyseCode,
  analyseEquationReference,
  analyseHeading,
  analyseHtml,
  analyseIndexMark,
  analyseLink,
  analyseMaths,
} from "./analyse-token.ts";
import { AnalysisDraft } from "./analysis-draft.ts";
import { cutFormulaProblems } from "./cut-formulas.ts";
import { attachMarks } from "./formula-marks.ts";
import { leftoverProblems } from "./leftover-markup.ts";
import { balanceProblems, boxProblems, imageProblems, noteProblems } from "./markdown-problems.ts";
import { defineEquations, defineFigure, numberBox, pairCaptions } from "./number-items.ts";
import { resolveReferences } from "./references.ts";
import { tokenizeInline } from "./syntax.ts";
import { tableProblems } from "./table-problems.ts";
import type { TextAnalysis, TextSurroundings } from "./text-analysis.ts";
import { captionOf, countWords, soleImage } from "./token-text.ts";
import { asOwn, type BoxToken, childLists, type IndexMarkToken } from "./tokens.ts";

interface Context {
  /** Whether words count towards the reading time. */
  readonly counted: boolean;
  /** Set where notes are not allowed. */
  readonly inside?: "note" | "caption" | "change";
  readonly inBox?: boolean;
  /** Id of the heading that the words are in. */
  readonly heading?: string | undefined;
}

type ChangingSource = TextSource<Pick<ChapterFields, "changes">>;

export function analyseText(
  source: ChangingSource,
  surroundings: TextSurroundings,
  problems: ProblemList,
): TextAnalysis {
  const draft = new AnalysisDraft(source.file, source.bodyStart, surroundings, problems);
  const { changes = [] } = source.data;
  if (changes.length > 0) draft.slugger.slug(changesId);
  visitList(draft, draft.tokens, { counted: true });
  visitChanges(draft, source);
  defineEquations(draft);
  resolveReferences(draft);
  reportUnusedNotes(draft);
  const analysis = draft.finish();
  checkOwnAnchors(draft, analysis.anchors);
  return analysis;
}

function reportUnusedNotes(draft: AnalysisDraft): void {
  for (const [name, { token }] of draft.definitions.definitions) {
    if (draft.notes.has(name)) continue;
    draft.report(token, `The note \`${name}\` is never referenced.`, `Add \`[^${name}]\`, or remove the note.`);
  }
}

function checkOwnAnchors(draft: AnalysisDraft, anchors: ReadonlySet<string>): void {
  for (const { anchor, span } of draft.ownAnchors) {
    if (anchors.has(anchor)) continue;
    draft.reportAt(
      span,
      `There is no heading \`#${anchor}\` on this page.`,
      advise(anchor, [...anchors], "anchors here"),
    );
  }
}

function visitList(draft: AnalysisDraft, list: readonly Token[], context: Context): void {
  balanceProblems(list).forEach(draft.raise);
  cutFormulaProblems(list).forEach(draft.raise);
  leftoverProblems(list, draft.surroundings).forEach(draft.raise);
  noteProblems(list).forEach(draft.raise);
  pairCaptions(draft, list);
  attachMarks(list, draft);
  for (const token of list) visit(draft, token, context);
}

function visit(draft: AnalysisDraft, token: Token, context: Context): void {
  const own = asOwn(token);
  switch (own?.type) {
    case "inlineMaths":
    case "displayedMaths":
      analyseMaths(draft, token, own, context.counted);
      break;
    case "citation":
      analyseCitation(draft, token, own.keys);
      break;
    case "equationReference":
      analyseEquationReference(draft, token, own.label);
      break;
    case "reference":
      draft.referenceTokens.set(token, own);
      break;
    case "caption":
      visitList(draft, own.tokens, { counted: false, inside: "caption" });
      break;
    case "noteReference":
      visitNote(draft, token, own.name, context);
      break;
    case "note":
      break; // Visited where it is referred to.
    case "box":
      visitBox(draft, token, own, context);
      break;
    case "indexMark":
      visitIndexMark(draft, token, own, context);
      break;
    case "broken":
      if (context.inBox && token.raw.startsWith(":::"))
        draft.report(token, "Boxes cannot be nested.", "End the outer one with `:::` first.");
      else draft.raise({ token, ...own });
      break;
    case undefined:
      visitOrdinary(draft, token as Tokens.Generic, context);
      break;
  }
}

function visitIndexMark(draft: AnalysisDraft, token: Token, mark: IndexMarkToken, context: Context): void {
  if (context.inside === "change") {
    const fix = "Mark the term in the text.";
    draft.report(token, "A change is not in the index.", fix);
  } else analyseIndexMark(draft, token, mark, context.heading);
  visitList(draft, mark.tokens, context);
}

function visitNote(draft: AnalysisDraft, token: Token, name: string, context: Context): void {
  const { definitions } = draft.definitions;
  const definition = definitions.get(name);
  if (!definition)
    draft.report(
      token,
      `The note \`${name}\` is not defined.`,
      `Add a paragraph \`[^${name}]: …\`. ${advise(name, [...definitions.keys()], "notes")}`,
    );
  else if (draft.notes.has(name))
    draft.report(
      token,
      `The note \`${name}\` is referenced twice.`,
      "Write a second note: each is shown beside its own reference.",
    );
  else if (context.inside)
    draft.report(token, `A note cannot be used in a ${context.inside}.`, "Move it into the text.");
  else {
    draft.notes.set(name, { number: draft.notes.size + 1, tokens: definition.tokens });
    visitList(draft, definition.tokens, { ...context, inside: "note" });
  }
}

function visitBox(draft: AnalysisDraft, token: Token, box: BoxToken, context: Context): void {
  boxProblems(token, box).forEach(draft.raise);
  numberBox(draft, token, box);
  if (box.name === "example") draft.counts.workedExamples += 1;
  const inner = { ...context, inBox: true, counted: context.counted && box.name !== "questions" };
  visitList(draft, box.title, inner);
  visitList(draft, box.tokens, inner);
}

/** A token of standard Markdown. */
function visitOrdinary(draft: AnalysisDraft, token: Tokens.Generic, context: Context): void {
  if (token.type === "image") {
    draft.report(
      token as Token,
      "This image is inside a paragraph.",
      "Give it its own paragraph, with a blank line before and after.",
    );
    return;
  }
  analyseOrdinary(draft, token);
  countTokenWords(draft, token, context);
  const figure = token.type === "paragraph" ? soleImage(token.tokens ?? []) : undefined;
  if (figure) visitFigure(draft, token as Token, figure.image, figure.label);
  else {
    const inner = token.type === "heading" ? { ...context, heading: draft.headingIds.get(token as Token) } : context;
    for (const children of childLists(token as Token)) visitList(draft, children, inner);
  }
}

function analyseOrdinary(draft: AnalysisDraft, token: Tokens.Generic): void {
  if (token.type === "heading") analyseHeading(draft, token as Tokens.Heading);
  else if (token.type === "link") analyseLink(draft, token as Tokens.Link);
  else if (token.type === "code") analyseCode(draft, token as Tokens.Code);
  else if (token.type === "html") analyseHtml(draft, token);
  else if (token.type === "table") tableProblems(token as Tokens.Table).forEach(draft.raise);
  if ((token.type === "text" || token.type === "html") && /^:::/m.test(token.raw)) {
    draft.report(
      token as Token,
      "This `:::` would be printed literally.",
      "Put a blank line before and after the box.",
    );
  }
}

function countTokenWords({ counts }: AnalysisDraft, token: Tokens.Generic, { counted }: Context): void {
  if (!counted) return;
  if (token.type === "text" && !token.tokens) counts.words += countWords(token.text);
  else if (token.type === "codespan") counts.words += 1;
}

function visitFigure(draft: AnalysisDraft, paragraph: Token, image: Tokens.Image, label: string | undefined): void {
  const number = draft.figures.size + 1;
  draft.figures.set(paragraph, { image, number });
  defineFigure(draft, image, number, label);
  draft.counts.figures += 1;
  const { figureNames, hasPicture } = draft.surroundings;
  imageProblems(image, figureNames, hasPicture).forEach(draft.raise);
  const title = captionOf(image);
  if (title) visitCaption(draft, image, title);
}

/** The notation describes the text, so the symbols of what it no longer says need no entry there. */
function visitChanges(draft: AnalysisDraft, { data, spanOf }: ChangingSource): void {
  const formulas = draft.formulas.length;
  for (const [index, { date, text, correction }] of (data.changes ?? []).entries()) {
    const tokens = tokenizeInline(text.replace(/\s+/g, " "));
    draft.locate(tokens, spanOf(["changes", index, "text"]).offset);
    visitList(draft, tokens, { counted: false, inside: "change" });
    draft.changes.push({ at: date, correction, tokens });
  }
  draft.formulas.splice(formulas);
  draft.changes.sort((a, b) => compareText(b.at, a.at));
}

function visitCaption(draft: AnalysisDraft, image: Tokens.Image, title: string): void {
  const caption = tokenizeInline(title);
  draft.locate(caption, draft.spanOf(image).offset + Math.max(0, image.raw.lastIndexOf(title)));
  draft.captions.set(image, caption);
  visitList(draft, caption, { counted: false, inside: "caption" });
}
