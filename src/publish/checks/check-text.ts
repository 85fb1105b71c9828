/** What can be wrong with a text as a whole: works that nobody knows, more minutes than a chapter takes, headings that are alike. */
import type { Tokens } from "marked";
import { readingMinutes } from "../../library/reading-time.ts";
import type { TextAnalysis } from "../markdown/text-analysis.ts";
import { plainText } from "../markdown/token-text.ts";
import type { ChapterFields, Work } from "../source/content-schema.ts";
import { count, type ProblemList } from "../source/problem.ts";
import type { TextSource } from "../source/read-content.ts";
import { advise } from "../source/suggest.ts";

interface CheckedText {
  readonly source: TextSource<Pick<ChapterFields, "references">>;
}

const longMinutes = 5;
const tooLongMinutes = 6;

export function checkReferences(
  { source, works }: CheckedText & { readonly works: ReadonlyMap<string, Work> },
  problems: ProblemList,
): void {
  source.data.references.forEach((key, index) => {
    if (works.has(key)) return;
    problems.add(
      source.file,
      source.spanOf(["references", index]),
      `\`${key}\` is not in content/references.yaml.`,
      `Add an entry under this key. ${advise(key, [...works.keys()], "keys")}`,
    );
  });
}

export function checkLength({ source }: CheckedText, analysis: TextAnalysis, problems: ProblemList): void {
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

/** Of headings with the same words the later ones get anchors by number, which lead elsewhere when one is added before them. */
export function checkHeadings(
  { source }: CheckedText,
  { headingIds, positions }: TextAnalysis,
  problems: ProblemList,
): void {
  const seen = new Set<string>();
  for (const [token, id] of headingIds) {
    const words = plainText((token as Tokens.Heading).tokens);
    const span = positions.get(token);
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
