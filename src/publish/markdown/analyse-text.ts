/** Reads a text's tokens once: numbers what is numbered, resolves what refers to something, and reports what is wrong. */
import { decodeHTML } from "entities";
import GithubSlugger from "github-slugger";
import type { Token, Tokens } from "marked";
import { findForbiddenTex } from "../maths/forbidden-tex.ts";
import { typesetMaths } from "../maths/maths.ts";
import type { ProblemList } from "../source/problem.ts";
import type { SourceFile, Span } from "../source/source-file.ts";
import { advise } from "../source/suggest.ts";
import { collectDefinitions } from "./definitions.ts";
import { type LinkTarget, resolveLink } from "./links.ts";
import {
  adviceForTex,
  type Complaint,
  complaintsAboutBalance,
  complaintsAboutBox,
  complaintsAboutCode,
  complaintsAboutImage,
  sentence,
} from "./markdown-problems.ts";
import { locateTokens, spanInside } from "./positions.ts";
import { checkHtml } from "./raw-html.ts";
import { tokenize, tokenizeInline } from "./syntax.ts";
import type { Formula, TextAnalysis, TextSurroundings } from "./text-analysis.ts";
import {
  captionOf,
  countWords,
  equationId,
  headingWords,
  languageOf,
  plainText,
  soleImage,
  texOf,
} from "./token-text.ts";
import { asOwn, type BoxToken, childLists, forEachToken, type MathsToken } from "./tokens.ts";

interface Context {
  /** Whether its words count as reading time. */
  readonly counted: boolean;
  /** What may hold no note of its own. */
  readonly inside?: "note" | "caption";
  readonly inBox?: boolean;
}

/** See src/ui/document.tsx and src/site/chapter-page.tsx. */
const reservedIds = ["main", "contents", "page-contents", "notation", "references", "cite"];

export function analyseText(
  file: SourceFile,
  bodyStart: number,
  surroundings: TextSurroundings,
  problems: ProblemList,
): TextAnalysis {
  const tokens = tokenize(file.text.slice(bodyStart));
  const positions = new Map(locateTokens(tokens, file, bodyStart));
  const slugger = new GithubSlugger();
  // Ids that the page gives to things of its own: no heading takes one of them.
  for (const id of reservedIds) slugger.slug(id);
  const headingIds = new Map<Token, string>();
  const notes = new Map<string, { number: number; tokens: Token[] }>();
  const figures = new Map<Token, { image: Tokens.Image; number: number }>();
  const captions = new Map<Tokens.Image, Token[]>();
  const linkTargets = new Map<Token, LinkTarget>();
  const chapterLinks: { path: string; anchor: string | undefined; span: Span }[] = [];
  const punctuation = new Map<Token, string>();
  const languages = new Set<string>();
  const ownAnchors: { anchor: string; span: Span }[] = [];
  const counts = { words: 0, displayedEquations: 0, figures: 0, workedExamples: 0 };
  const formulas: Formula[] = [];
  let depth = 1;

  const spanOf = (token: Token): Span => positions.get(token) ?? { offset: bodyStart, length: 1 };
  const raise = ({ token, part, message, fix, severity }: Complaint) => {
    const span = part ? spanInside(file, token, spanOf(token), part.start, part.length) : spanOf(token);
    problems.add(file, span, message, fix, severity);
  };
  const report = (token: Token, message: string, fix: string) => problems.add(file, spanOf(token), message, fix);

  const { labels, equationNumbers, definitions, complaints } = collectDefinitions(tokens);
  complaints.forEach(raise);

  visitList(tokens, { counted: true });

  for (const [name, { token }] of definitions) {
    if (!notes.has(name))
      report(token, `The note \`${name}\` is never referenced.`, `Add \`[^${name}]\`, or remove the note.`);
  }
  const anchors = new Set([...headingIds.values(), ...[...labels.keys()].map(equationId)]);
  for (const { anchor, span } of ownAnchors) {
    if (anchors.has(anchor)) continue;
    problems.add(
      file,
      span,
      `There is no heading \`#${anchor}\` on this page.`,
      advise(anchor, [...anchors], "anchors here"),
    );
  }
  return {
    tokens,
    headingIds,
    equationNumbers,
    labels,
    notes,
    figures,
    captions,
    linkTargets,
    chapterLinks,
    anchors,
    punctuation,
    languages,
    counts,
    positions,
    formulas,
  };

  function visitList(list: readonly Token[], context: Context): void {
    complaintsAboutBalance(list).forEach(raise);
    for (const [index, token] of list.entries()) {
      const next = list[index + 1];
      const mark =
        next?.type === "text" && token.type === "inlineMaths" ? /^[.,;:!?)\]]+/.exec(next.raw)?.[0] : undefined;
      if (mark !== undefined && next) {
        punctuation.set(token, mark);
        punctuation.set(next, mark);
      }
      visit(token, context);
    }
  }

  function visit(token: Token, context: Context): void {
    const own = asOwn(token);
    switch (own?.type) {
      case "inlineMaths":
      case "displayedMaths":
        visitMaths(token, own, context.counted);
        return;
      case "citation":
        for (const key of own.keys) {
          if (surroundings.references.includes(key)) continue;
          report(
            token,
            `\`${key}\` is not among this page's references.`,
            `Add it to \`references\` in the front matter. ${advise(key, surroundings.references, "references of this page")}`,
          );
        }
        return;
      case "equationReference":
        if (!labels.has(own.label))
          report(token, `No equation has the label \`${own.label}\`.`, advise(own.label, [...labels.keys()], "labels"));
        return;
      case "noteReference": {
        const definition = definitions.get(own.name);
        if (!definition)
          report(
            token,
            `The note \`${own.name}\` is not defined.`,
            `Add a paragraph \`[^${own.name}]: …\`. ${advise(own.name, [...definitions.keys()], "notes")}`,
          );
        else if (notes.has(own.name))
          report(
            token,
            `The note \`${own.name}\` is referenced twice.`,
            "Write a second note: each is shown beside its own reference.",
          );
        else if (context.inside)
          report(token, `A note cannot be used in a ${context.inside}.`, "Move it into the text.");
        else {
          notes.set(own.name, { number: notes.size + 1, tokens: definition.tokens });
          visitList(definition.tokens, { ...context, inside: "note" });
        }
        return;
      }
      case "note":
        return; // Visited where it is referred to.
      case "box":
        visitBox(token, own, context);
        return;
      case "broken":
        if (context.inBox && token.raw.startsWith(":::"))
          report(token, "Boxes cannot be nested.", "End the outer one with `:::` first.");
        else report(token, own.message, own.fix);
        return;
      case undefined:
        break;
    }
    visitOrdinary(token as Tokens.Generic, context);
  }

  function visitOrdinary(token: Tokens.Generic, context: Context): void {
    if (token.type === "heading") visitHeading(token as Tokens.Heading);
    else if (token.type === "link") visitLink(token as Tokens.Link);
    else if (token.type === "code") visitCode(token as Tokens.Code);
    else if (token.type === "image") {
      report(
        token,
        "This image is inside a paragraph.",
        "Give it its own paragraph, with a blank line before and after.",
      );
      return;
    } else if (token.type === "html") {
      for (const complaint of checkHtml(token.raw).complaints) {
        problems.add(
          file,
          spanInside(file, { raw: token.raw }, spanOf(token), complaint.offset, 1),
          complaint.message,
          complaint.fix,
        );
      }
    }
    if ((token.type === "text" || token.type === "html") && /^:::/m.test(token.raw)) {
      report(token, "This `:::` would be printed literally.", "Put a blank line before and after the box.");
    }
    if (token.type === "text" && !token.tokens && context.counted) counts.words += countWords(token.text);
    else if (token.type === "codespan" && context.counted) counts.words += 1;

    const image = token.type === "paragraph" ? soleImage(token.tokens ?? []) : undefined;
    if (image) {
      figures.set(token, { image, number: figures.size + 1 });
      counts.figures += 1;
      visitImage(image);
      return;
    }
    for (const children of childLists(token)) visitList(children, context);
  }

  function visitMaths(token: Token, maths: MathsToken, counted: boolean): void {
    if (maths.type === "displayedMaths") counts.displayedEquations += 1;
    else if (counted) counts.words += 1;
    const tex = texOf(maths);
    const forbidden = findForbiddenTex(tex);
    if (forbidden) {
      const { message, fix, position, length } = forbidden;
      raise({ token, part: { start: maths.texStart + position, length }, message, fix });
      return;
    }
    const result = typesetMaths(tex, maths.type === "displayedMaths");
    if (result.kind === "typeset") {
      formulas.push({ maths, span: spanOf(token) });
      return;
    }
    // The label was blanked out, not cut out, so that positions in what KaTeX saw are positions in the source.
    const span = spanInside(file, maths, spanOf(token), maths.texStart + result.position, Math.max(1, result.length));
    problems.add(file, span, `This TeX cannot be typeset: ${sentence(result.message)}`, adviceForTex(result.message));
  }

  function visitHeading(heading: Tokens.Heading): void {
    const words = decodeHTML(plainText(heading.tokens));
    headingIds.set(heading, slugger.slug(headingWords(words)));
    if (heading.depth === 1) {
      report(heading, "A page cannot have a level-1 heading: its title is one.", "Use `##`.");
    } else if (heading.depth > depth + 1) {
      report(
        heading,
        `This heading skips a level: ${"#".repeat(heading.depth)} under ${"#".repeat(depth)}.`,
        `Start it with \`${"#".repeat(depth + 1)}\`.`,
      );
    }
    depth = Math.max(2, heading.depth);
  }

  function visitLink(link: Tokens.Link): void {
    const target = resolveLink(decodeHTML(link.href), surroundings);
    linkTargets.set(link, target);
    if (target.kind === "broken") report(link, target.message, target.fix);
    forEachToken(link.tokens, (token) => {
      const makesLink = ["citation", "noteReference", "equationReference"].includes(token.type);
      if (makesLink) report(token, "Links cannot be nested.", "Put it before or after the link.");
    });
    if (target.kind === "chapter") chapterLinks.push({ path: target.path, anchor: target.anchor, span: spanOf(link) });
    if (target.kind === "anchor") ownAnchors.push({ anchor: target.anchor, span: spanOf(link) });
  }

  function visitImage(image: Tokens.Image): void {
    complaintsAboutImage(image, surroundings.figureNames, surroundings.hasPicture).forEach(raise);
    const caption = captionOf(image);
    if (caption) visitCaption(image, caption);
  }

  function visitCaption(image: Tokens.Image, title: string): void {
    const caption = tokenizeInline(title);
    const start = spanOf(image).offset + Math.max(0, image.raw.lastIndexOf(title));
    for (const [token, span] of locateTokens(caption, file, start)) positions.set(token, span);
    captions.set(image, caption);
    visitList(caption, { counted: false, inside: "caption" });
  }

  function visitCode(code: Tokens.Code): void {
    complaintsAboutCode(code).forEach(raise);
    languages.add(languageOf(code));
  }

  function visitBox(token: Token, box: BoxToken, context: Context): void {
    complaintsAboutBox(token, box).forEach(raise);
    if (box.name === "example") counts.workedExamples += 1;
    const inner = { ...context, inBox: true, counted: context.counted && box.name !== "questions" };
    visitList(box.title, inner);
    visitList(box.tokens, inner);
  }
}
