/** Finds markup that nothing has recognised, in the words that would be printed. A backslash before it says that it is meant. */
import type { Token } from "marked";
import { foreignForms } from "./foreign-markup.ts";
import { inlineMathsAt } from "./inline-maths.ts";
import { codeMark, type Found, type LeftoverForm, type LeftoverSurroundings } from "./leftover-form.ts";
import { looksLikeMaths, texDelimiters, texForms } from "./leftover-tex.ts";
import type { Complaint } from "./markdown-problems.ts";
import { asOwn } from "./tokens.ts";

/** Stands for any other token in the words of a paragraph. */
const otherMark = "\ue001";

const forms: readonly LeftoverForm[] = [...foreignForms, ...texForms];

/** Problems of one list of inline tokens; none in a list of blocks. */
export function leftoverProblems(list: readonly Token[], surroundings: LeftoverSurroundings): Complaint[] {
  if (!list.some(isWords)) return [];
  const prose = list.map(maskOf).join("");
  const found = [
    ...texDelimiters(list),
    ...subscripts(list),
    ...forms.flatMap((form) => matchesOf(form, prose, surroundings)),
  ];
  // The first form that matches has the best advice.
  const kept: Found[] = [];
  for (const each of found) if (!kept.some((other) => overlap(each, other))) kept.push(each);
  return kept.map((each) => complaintAt(list, each));
}

const overlap = (a: Found, b: Found): boolean => a.start < b.start + b.length && b.start < a.start + a.length;

const isWords = (token: Token): boolean => token.type === "text" && !("tokens" in token && token.tokens);

function maskOf(token: Token): string {
  if (isWords(token)) return token.raw;
  if (asOwn(token) === undefined && token.type === "codespan") return codeMark.repeat(token.raw.length);
  return otherMark.repeat(token.raw.length);
}

function matchesOf({ form, fix, isFine, severity }: LeftoverForm, prose: string, surroundings: LeftoverSurroundings) {
  // Most words have no such form, and matchAll copies the expression first: searching takes half the time.
  if (prose.search(form) === -1) return [];
  return [...prose.matchAll(form)].flatMap((match): Found[] => {
    if (isFine?.(match, surroundings)) return [];
    return [
      {
        start: match.index,
        length: match[0].length,
        message: `${shown(match[0])} would be printed literally.`,
        fix: typeof fix === "string" ? fix : fix(match),
        ...(severity === undefined && { severity: "warning" }),
      },
    ];
  });
}

/** Pandoc's `H~2~O`, which GitHub's Markdown strikes through. */
function subscripts(list: readonly Token[]): Found[] {
  let start = 0;
  return list.flatMap((token, index) => {
    const at = start;
    start += token.raw.length;
    const before = list[index - 1];
    if (token.type !== "del" || token.raw.startsWith("~~") || !/\w$/.test(before?.raw ?? "")) return [];
    const message = `\`${token.raw}\` would be struck through.`;
    const fix = "Write `<sub>…</sub>`, or a formula: `$…$`. To strike it through, write `~~…~~`.";
    return [{ start: at, length: token.raw.length, message, fix, severity: "warning" }];
  });
}

const maxShown = 40;

/** Markdown in a block of HTML, which is not read as Markdown. */
export function htmlBlockProblems(token: Token): Complaint[] {
  if (!("block" in token && token.block)) return [];
  const words = token.raw.replace(/<!--[\s\S]*?-->|<[^>]*>/g, (tag) => otherMark.repeat(tag.length));
  const dollar = [...words.matchAll(/(?<!\\)\$/g)].find(({ index }) =>
    looksLikeMaths(inlineMathsAt(words, index) ?? ""),
  );
  const other = /\*\*\S[^*\n]*\*\*|`[^`\n]+`|\[[^\]\n]+\]\([^)\s]+\)|\\[A-Za-z]+\{/.exec(words);
  const start = Math.min(dollar?.index ?? Number.POSITIVE_INFINITY, other?.index ?? Number.POSITIVE_INFINITY);
  if (start === Number.POSITIVE_INFINITY) return [];
  const written = start === other?.index ? other[0] : (inlineMathsAt(words, start) ?? "");
  return [
    {
      token,
      part: { start, length: written.split("\n", 1)[0]?.length ?? 1 },
      message: "Markdown in a block of HTML would be printed literally.",
      fix: "Put blank lines around the text, after the opening tag and before the closing one.",
      severity: "warning",
    },
  ];
}

/** The beginning of a match as code, up to a masked token. */
function shown(match: string): string {
  const [line = ""] = match.split(new RegExp(`[\n${codeMark}${otherMark}]`));
  const text = line.length > maxShown ? `${line.slice(0, maxShown)}…` : line.trimEnd();
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function complaintAt(list: readonly Token[], { start, length, message, fix, severity }: Found): Complaint {
  let before = 0;
  for (const token of list) {
    const at = start - before;
    before += token.raw.length;
    if (start >= before) continue;
    const lineEnd = token.raw.indexOf("\n", at);
    const part = { start: at, length: Math.max(1, Math.min(length, lineEnd === -1 ? length : lineEnd - at)) };
    return { token, part, message, fix, ...(severity && { severity }) };
  }
  throw new Error("Markup was found outside of its paragraph.");
}
