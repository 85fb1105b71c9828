/** Collects the results of a text's analysis, locates its tokens, and reports its problems. */
import GithubSlugger from "github-slugger";
import type { Token, Tokens } from "marked";
import { reservedIds } from "../../library/page-ids.ts";
import type { ProblemList } from "../source/problem.ts";
import type { SourceFile, Span } from "../source/source-file.ts";
import { collectDefinitions, type Definitions } from "./definitions.ts";
import type { LinkTarget } from "./links.ts";
import type { Complaint } from "./markdown-problems.ts";
import { locateTokens, spanInside } from "./positions.ts";
import { tokenize } from "./syntax.ts";
import type { DeclaredChange, Formula, TextAnalysis, TextSurroundings } from "./text-analysis.ts";
import { equationId } from "./token-text.ts";

export class AnalysisDraft {
  readonly file: SourceFile;
  readonly surroundings: TextSurroundings;
  readonly tokens: readonly Token[];
  readonly definitions: Definitions;
  readonly slugger = new GithubSlugger();
  /** Depth of the last heading. */
  depth = 1;

  readonly headingIds = new Map<Token, string>();
  readonly notes = new Map<string, { number: number; tokens: Token[] }>();
  readonly figures = new Map<Token, { image: Tokens.Image; number: number }>();
  readonly captions = new Map<Tokens.Image, Token[]>();
  readonly linkTargets = new Map<Token, LinkTarget>();
  readonly chapterLinks: { path: string; anchor: string | undefined; span: Span }[] = [];
  readonly ownAnchors: { anchor: string; span: Span }[] = [];
  readonly punctuation = new Map<Token, string>();
  readonly languages = new Set<string>();
  readonly counts = { words: 0, displayedEquations: 0, figures: 0, workedExamples: 0 };
  readonly changes: DeclaredChange[] = [];
  readonly formulas: Formula[] = [];

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

  /** Call when every token has been visited. */
  finish(): TextAnalysis {
    const { labels, equationNumbers } = this.definitions;
    return {
      tokens: this.tokens,
      headingIds: this.headingIds,
      equationNumbers,
      labels,
      notes: this.notes,
      figures: this.figures,
      captions: this.captions,
      linkTargets: this.linkTargets,
      chapterLinks: this.chapterLinks,
      anchors: new Set([...this.headingIds.values(), ...[...labels.keys()].map(equationId)]),
      punctuation: this.punctuation,
      languages: this.languages,
      counts: this.counts,
      positions: this.#positions,
      changes: this.changes,
      formulas: this.formulas,
    };
  }
}
