/** Collects the results of a text's analysis, locates its tokens, and reports its problems. */
import GithubSlugger from "github-slugger";
import type { Token, Tokens } from "marked";
import { reservedIds } from "../../library/page-ids.ts";
import type { ProblemList } from "../source/problem.ts";
import type { SourceFile, Span } from "../source/source-file.ts";
import { collectDefinitions, type Definitions } from "./definitions.ts";
import { nameEquations } from "./equation-ids.ts";
import type { ResolvedReference, Target } from "./labels.ts";
import type { LinkTarget } from "./links.ts";
import type { Complaint } from "./markdown-problems.ts";
import { locateTokens, spanInside } from "./positions.ts";
import { tokenize } from "./syntax.ts";
import type { DeclaredChange, Formula, IndexMark, TextAnalysis, TextSurroundings } from "./text-analysis.ts";
import type { CaptionToken, ReferenceToken } from "./tokens.ts";

export class AnalysisDraft {
  readonly file: SourceFile;
  readonly surroundings: TextSurroundings;
  readonly tokens: readonly Token[];
  readonly definitions: Definitions;
  readonly slugger = new GithubSlugger();
  /** Number of the last exercise. */
  exercise: number | undefined;
  /** Depth of the last heading. */
  depth = 1;

  readonly headingIds = new Map<Token, string>();
  readonly notes = new Map<string, { number: number; tokens: Token[] }>();
  readonly figures = new Map<Token, { image: Tokens.Image; number: number }>();
  readonly captions = new Map<Tokens.Image, Token[]>();
  readonly captioned = new Map<Token, { caption: CaptionToken; numbered: string }>();
  readonly boxLabels = new Map<Token, string>();
  readonly boxNumbers = new Map<Token, number>();
  /** Kind of numbered thing -> how many there are so far. */
  readonly #series = new Map<string, number>();
  readonly targets = new Map<string, Target>();
  readonly referenceTokens = new Map<Token, ReferenceToken>();
  readonly references = new Map<Token, ResolvedReference>();
  readonly linkTargets = new Map<Token, LinkTarget>();
  readonly chapterLinks: { path: string; anchor: string | undefined; span: Span }[] = [];
  readonly ownAnchors: { anchor: string; span: Span }[] = [];
  readonly punctuation = new Map<Token, string>();
  readonly openings = new Map<Token, string>();
  readonly languages = new Set<string>();
  readonly counts = { words: 0, displayedEquations: 0, figures: 0, workedExamples: 0 };
  readonly changes: DeclaredChange[] = [];
  readonly formulas: Formula[] = [];
  readonly indexMarks = new Map<Token, IndexMark>();
  /** Makes ids of marks unique: those of headings have no dot, so theirs are apart. */
  readonly markSlugger = new GithubSlugger();

  readonly #bodyStart: number;
  readonly #positions: Map<Token, Span>;
  readonly #problems: ProblemList;

  constructor(file: SourceFile, bodyStart: number, surroundings: TextSurroundings, problems: ProblemList) {
    this.file = file;
    this.surroundings = surroundings;
    this.tokens = tokenize(file.text.slice(bodyStart));
    this.#bodyStart = bodyStart;
    this.#positions = new Map(locateTokens(this.tokens, file, bodyStart));
    this.#problems = problems;
    for (const id of Object.values(reservedIds)) this.slugger.slug(id);
    this.definitions = collectDefinitions(this.tokens);
    this.definitions.problems.forEach(this.raise);
  }

  /** Locates tokens that are not in the text's own list: those of a caption. */
  locate(tokens: readonly Token[], start: number): void {
    for (const [token, span] of locateTokens(tokens, this.file, start)) this.#positions.set(token, span);
  }

  spanOf(token: Token): Span {
    return this.#positions.get(token) ?? { offset: this.#bodyStart, length: 1 };
  }

  readonly raise = ({ token, part, message, fix, severity }: Complaint): void => {
    const whole = this.spanOf(token);
    const span = part ? spanInside(this.file, token, whole, part.start, part.length) : whole;
    this.#problems.add(this.file, span, message, fix, severity);
  };

  report(token: Token, message: string, fix: string): void {
    this.reportAt(this.spanOf(token), message, fix);
  }

  reportAt(span: Span, message: string, fix: string): void {
    this.#problems.add(this.file, span, message, fix);
  }

  /** The next number of a series. */
  count(series: string): number {
    const number = (this.#series.get(series) ?? 0) + 1;
    this.#series.set(series, number);
    return number;
  }

  /** Makes something available to references. */
  define(label: string, target: Target, token: Token): void {
    if (this.targets.has(label))
      this.report(token, `The label \`${label}\` is used twice.`, "Give each a unique label.");
    else this.targets.set(label, target);
  }

  /** Call when every token has been visited. */
  finish(): TextAnalysis {
    const { labels, equationNumbers } = this.definitions;
    return {
      tokens: this.tokens,
      headingIds: this.headingIds,
      equationNumbers,
      equationIds: nameEquations(this.tokens),
      labels,
      notes: this.notes,
      figures: this.figures,
      captions: this.captions,
      captioned: this.captioned,
      boxLabels: this.boxLabels,
      boxNumbers: this.boxNumbers,
      targets: this.targets,
      references: this.references,
      linkTargets: this.linkTargets,
      chapterLinks: this.chapterLinks,
      // Not those of figures, which change when another figure is added above.
      anchors: new Set([...this.targets.values()].filter(({ kind }) => kind !== "fig").map(({ anchor }) => anchor)),
      punctuation: this.punctuation,
      openings: this.openings,
      languages: this.languages,
      counts: this.counts,
      positions: this.#positions,
      changes: this.changes,
      formulas: this.formulas,
      indexMarks: this.indexMarks,
    };
  }
}
