/** What can be wrong with a text as a whole: works that nobody knows, and more minutes than a chapter takes. */
import { readingMinutes } from "../library/reading-time.ts";
import type { TextJob } from "./compile-text.ts";
import type { TextAnalysis } from "./markdown/text-analysis.ts";
import { count, type ProblemList } from "./problem.ts";
import { advise } from "./suggest.ts";

const longMinutes = 5;
const tooLongMinutes = 6;

export function checkReferences({ source, works }: TextJob, problems: ProblemList): void {
  source.data.references.forEach((key, index) => {
    if (works.has(key)) return;
    problems.add(
      source.file,
      source.spanOf(["references", index]),
      `\`${key}\` is not in content/references.yaml.`,
      `Add the work there under this key. ${advise(key, [...works.keys()], "works there")}`,
    );
  });
}

export function checkLength({ source }: TextJob, analysis: TextAnalysis, problems: ProblemList): void {
  const minutes = readingMinutes(analysis.counts);
  if (minutes <= longMinutes) return;
  const { words, displayedEquations, figures, workedExamples } = analysis.counts;
  problems.add(
    source.file,
    { offset: source.bodyStart, length: 1 },
    `This text takes ${minutes.toFixed(1)} minutes: ${count(words, "word")}, ${count(displayedEquations, "displayed equation")}, ${count(figures, "figure")}, ${count(workedExamples, "worked example")}.`,
    minutes > tooLongMinutes
      ? `Shorten it to ${longMinutes} minutes, or make two chapters of it; at most ${tooLongMinutes} are published.`
      : `A chapter takes 3 to ${longMinutes} minutes: shorten it if you can.`,
    minutes > tooLongMinutes ? "error" : "warning",
  );
}
