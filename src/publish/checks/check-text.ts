/**
 * Checks a text as a whole: unknown references, reading time, duplicate headings, control characters, undeclared symbols, wide equations.
 */
import { decodeHTML } from "entities";
import type { Tokens } from "marked";
import { hasForbidden } from "../../library/forbidden-characters.ts";
import { readingMinutes } from "../../library/reading-time.ts";
import { plainText } from "../markdown/token-text.ts";
import { count, isError, type ProblemList } from "../source/problem.ts";
import { advise } from "../source/suggest.ts";
import type { ParsedText } from "../text/parse-text.ts";
import type { TextJob } from "../text/text-job.ts";
import { checkSymbols } from "./undeclared-symbols.ts";
import { checkWidths } from "./wide-equations.ts";

const longMinutes = 5;
const tooLongMinutes = 6;

/** Adds all problems of a parsed text. Formulas are only checked in a text without other errors. */
export function checkText(parsed: ParsedText, job: TextJob, problems: ProblemList): void {
  const { source, analysis } = parsed;
  checkReferences(parsed, job, problems);
  checkLength(parsed, problems);
  checkHeadings(parsed, problems);
  checkCharacterReferences(parsed, problems);
  const hasErrors = () => problems.sorted().some(isError);
  if (job.explainsItsSymbols && !hasErrors())
    checkSymbols(source.file, analysis.formulas, source.data.symbols, problems);
  if (!hasErrors()) checkWidths(source.file, analysis, problems);
}

function checkReferences({ source }: ParsedText, { works, workFiles }: TextJob, problems: ProblemList): void {
  source.data.references.forEach((key, index) => {
    if (works.has(key)) return;
    problems.add(
      source.file,
      source.spanOf(["references", index]),
      `\`${key}\` is not in ${workFiles.join(" or ")}.`,
      `Add an entry under this key. ${advise(key, [...works.keys()], "keys")}`,
    );
  });
}

function checkLength({ source, analysis }: ParsedText, problems: ProblemList): void {
  const minutes = readingMinutes(analysis.counts);
  if (minutes <= longMinutes) return;
  const { words, displayedEquations, figures, workedExamples } = analysis.counts;
  problems.add(
    source.file,
    { offset: source.bodyStart, length: 1 },
    `Reading time is ${minutes.toFixed(1)} minutes: ${count(words, "word")}, ${count(displayedEquations, "displayed equation")}, ${count(figures, "figure")}, ${count(workedExamples, "worked example")}.`,
    minutes > tooLongMinutes
      ? `Shorten it to ${longMinutes} minutes or split it into two chapters; the limit is ${tooLongMinutes}.`
      : `A chapter should take 3 to ${longMinutes} minutes: shorten it if you can.`,
    minutes > tooLongMinutes ? "error" : "warning",
  );
}

/** Duplicate headings get numbered anchors, which point elsewhere when another one is added above them. */
function checkHeadings({ source, analysis }: ParsedText, problems: ProblemList): void {
  const seen = new Set<string>();
  for (const [token, id] of analysis.headingIds) {
    const words = plainText((token as Tokens.Heading).tokens);
    const span = analysis.positions.get(token);
    if (seen.has(words) && span)
      problems.add(
        source.file,
        span,
        `This page has another heading “${words}”; this one gets the anchor \`#${id}\`.`,
        "Reword it, so that links to it stay stable.",
        "warning",
      );
    seen.add(words);
  }
}

/** `&#8;` in prose would become a control character; in code it is text. */
function checkCharacterReferences({ source, analysis }: ParsedText, problems: ProblemList): void {
  for (const [token, { offset }] of analysis.positions) {
    if (token.type !== "text" || ("tokens" in token && token.tokens)) continue;
    for (const { index, 0: written } of token.raw.matchAll(/&#(?:\d+|[xX][\dA-Fa-f]+);?/g)) {
      if (!hasForbidden(decodeHTML(written))) continue;
      problems.add(
        source.file,
        { offset: offset + index, length: written.length },
        `\`${written}\` is a control character, which readers cannot see.`,
        "Delete it, or write another number.",
      );
    }
  }
}
