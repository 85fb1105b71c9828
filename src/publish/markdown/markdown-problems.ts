/** Checks single tokens, and words their problems for the author. */
import type { Token, Tokens } from "marked";
import { advise } from "../source/suggest.ts";
import { boxNames } from "./boxes.ts";
import { isLanguage, languageNames } from "./highlight.ts";
import { checkHtml, type HtmlTag } from "./raw-html.ts";
import { languageOf } from "./token-text.ts";
import type { BoxToken } from "./tokens.ts";

export interface Complaint {
  readonly token: Token;
  /** The affected part, counted in the token's `raw`. Default: all of it. */
  readonly part?: { readonly start: number; readonly length: number };
  readonly message: string;
  readonly fix: string;
  /** Default: an error. */
  readonly severity?: "warning";
}

export function imageProblems(
  image: Tokens.Image,
  figureNames: readonly string[],
  hasPicture: (name: string) => boolean,
): Complaint[] {
  const problems: Complaint[] = [];
  const add = (message: string, fix: string) => problems.push({ token: image, message, fix });
  const figure = /^figure:(.*)$/.exec(image.href)?.[1];
  if (image.text.trim() === "") {
    add("This image has no alt text.", "Describe what it shows: `![Three arrows …](…)`.");
  }
  if (!image.title) {
    add("This figure has no caption.", 'Add one after the name: `![…](figure:name "What to look at.")`.');
  }
  if (figure !== undefined && !figureNames.includes(figure)) {
    add(`There is no figure \`${figure}\`.`, advise(figure, figureNames, "drawings"));
  } else if (figure === undefined && !hasPicture(image.href)) {
    add(
      `Image \`${image.href}\` not found.`,
      "Put a PNG, JPEG, WebP, AVIF or GIF file next to the text and use its bare file name; drawings are `figure:name`.",
    );
  }
  return problems;
}

/** Lines of plain-text email have at most 78 characters (RFC 5322), and listings are indented by four. */
const maxLineLength = 74;

export function codeProblems(code: Tokens.Code): Complaint[] {
  const language = languageOf(code);
  const long = lineProblems(code);
  if (code.codeBlockStyle === "indented" || isLanguage(language)) return long;
  const message = `\`${language}\` is not a language that can be highlighted.`;
  return [{ token: code, message, fix: advise(language, languageNames, "languages") }, ...long];
}

function lineProblems(code: Tokens.Code): Complaint[] {
  let end = 0;
  return code.text.split("\n").flatMap((line): Complaint[] => {
    const start = code.raw.indexOf(line, end);
    end = Math.max(end, start + line.length);
    const length = [...line].length;
    if (length <= maxLineLength) return [];
    return [
      {
        token: code,
        ...(start !== -1 && { part: { start, length: line.length } }),
        message: `This line of code has ${length} characters.`,
        fix: `Break it at ${maxLineLength}: plain-text email would break it anywhere, and the page would scroll sideways.`,
        severity: "warning",
      },
    ];
  });
}

export function boxProblems(token: Token, box: BoxToken): Complaint[] {
  if (!boxNames.includes(box.name)) {
    return [{ token, message: `Unknown box \`${box.name}\`.`, fix: advise(box.name, boxNames, "boxes") }];
  }
  if (box.name === "misconception" && box.title.length === 0) {
    const message = "A misconception needs the false claim as its title.";
    return [{ token, message, fix: "Write `:::misconception[The false claim.]`." }];
  }
  return box.name === "questions" ? questionProblems(token, box) : [];
}

function questionProblems(token: Token, box: BoxToken): Complaint[] {
  const [list, ...others] = box.tokens.filter(({ type }) => type !== "space");
  const fix = "Write a numbered list; the answer is a paragraph indented below its question.";
  if (list?.type !== "list" || !(list as Tokens.List).ordered || others.length > 0) {
    return [{ token, message: "A questions box must contain one numbered list and nothing else.", fix }];
  }
  return (list as Tokens.List).items
    .filter((item) => item.tokens.filter(({ type }) => type !== "space").length < 2)
    .map((item) => ({ token: item, message: "This question has no answer.", fix }));
}

/** Pandoc and GitHub indent the further paragraphs of a note, which are a listing here. */
export const noteProblems = (list: readonly Token[]): Complaint[] =>
  list.flatMap((token, index): Complaint[] => {
    const before = list.slice(0, index).findLast(({ type }) => type !== "space");
    if (token.type !== "code" || (token as Tokens.Code).codeBlockStyle !== "indented" || before?.type !== "note")
      return [];
    const message = "A note has one paragraph: these lines would become a listing.";
    return [
      {
        token,
        message,
        fix: "Join them with the note, or move them into the text; a listing goes between lines of ```` ``` ````.",
      },
    ];
  });

/** Raw HTML must open and close within the same list of tokens: the same paragraph, cell, box or text. */
export function balanceProblems(list: readonly Token[]): Complaint[] {
  const problems: Complaint[] = [];
  const open: { tag: HtmlTag; token: Token }[] = [];
  for (const token of list) {
    if (token.type !== "html") continue;
    for (const tag of checkHtml(token.raw).tags) {
      if (tag.opens) open.push({ tag, token });
      else if (open.at(-1)?.tag.name === tag.name) open.pop();
      else {
        const message = `\`</${tag.name}>\` has no matching opening tag.`;
        problems.push({
          token,
          part: partOf(tag),
          message,
          fix: "Open and close an element within the same paragraph.",
        });
      }
    }
  }
  return problems.concat(
    open.map(({ tag, token }) => ({
      token,
      part: partOf(tag),
      message: `\`<${tag.name}>\` is not closed here.`,
      fix: `Write \`</${tag.name}>\` within the same paragraph.`,
    })),
  );
}

/** The tag itself, without its attributes. */
const partOf = ({ name, opens, offset }: HtmlTag) => ({ start: offset, length: name.length + (opens ? 2 : 3) });

/** KaTeX's message as a full sentence. */
export const sentence = (message: string): string => `${message.replace(/\.?\s*$/, "")}.`;
