/** Converts the text of a paragraph, heading or cell: roles, references, citations, links, maths, markup. */
import { parseAttributes, reportOthers } from "./attributes.ts";
import { citationGroup, citeKeys } from "./citations.ts";
import type { Draft } from "./draft.ts";
import { convertHtmlTag } from "./html.ts";
import { imageMarkdown } from "./image-markdown.ts";
import { asCode, type InlineContext, isCrossReference } from "./inline-context.ts";
import type { Place } from "./original.ts";
import { convertRole } from "./roles.ts";

interface Rule {
  /** Sticky. */
  readonly form: RegExp;
  /** `undefined`: not this rule after all. */
  readonly convert: (match: RegExpExecArray, context: InlineContext) => string | undefined;
}

const keep = (context: InlineContext, written: string, message: string): string => {
  context.draft.find(context.place, message);
  return asCode(written);
};

const maths = (tex = ""): string => `$${tex.trim().replace(/\s*\n\s*/g, " ")}$`;

/** In order: the first rule that matches at a position converts it. */
const rules: readonly Rule[] = [
  { form: /\\\\\(([\s\S]+?)\\\\\)/y, convert: ([, tex]) => maths(tex) },
  { form: /\\\(([\s\S]+?)\\\)/y, convert: ([, tex]) => maths(tex) },
  {
    form: /\\(?:eq|auto|c|C|page)?ref\{([^}\n]+)\}/y,
    convert: ([all, label = ""], { draft, place }) => draft.refer(label, all, place),
  },
  {
    form: /\\cite[tp]?\*?\{([^}\n]+)\}/y,
    convert: ([, keys = ""], { draft, place }) => citeKeys(keys.split(","), draft, place),
  },
  { form: /\\[\s\S]/y, convert: ([all]) => all },
  {
    form: /\{([a-z][\w:.-]*)\}(`+)([\s\S]+?)\2(?!`)/y,
    convert: ([all, role = "", , body = ""], context) => convertRole(role, body, all, context),
  },
  {
    form: /:([a-z_]+):`([^`\n]+)`/y,
    convert: ([all, role = "", body = ""], context) => convertRole(role, body, all, context),
  },
  { form: /((`+)(?!`)[\s\S]*?[^`]\2)(?!`)(?:\{[^}\n]*\})?/y, convert: ([, code = ""]) => code },
  { form: /\$\$([^$]+?)\$\$/y, convert: ([, tex]) => maths(tex) },
  { form: /\$(?![\s$])(?:\\[\s\S]|[^\\$])*?(?<!\s)\$(?![\d$])/y, convert: ([all]) => all },
  { form: /\{[{%][<%]?[\s\S]*?[>%]?[%}]\}/y, convert: convertTemplate },
  {
    form: /!\[\[([^\]\n|]+)(?:\|([^\]\n]*))?\]\]/y,
    convert: ([, target = "", words = ""], context) =>
      imageMarkdown({ target: target.trim(), alt: /^\d+(x\d+)?$/.test(words) ? "" : words, caption: "" }, context),
  },
  {
    form: /!\[((?:[^[\]\\]|\\.|\[[^\]]*\])*)\]\(\s*(?:<([^>\n]*)>|([^()\n"]*?(?:\([^()\n"]*\)[^()\n"]*?)*))(?:\s+(?:"((?:[^"\\]|\\.)*)"|'([^']*)'))?\s*\)(\{[^}\n]*\})?/y,
    convert: convertImage,
  },
  {
    form: /\[([^[\]]*@[^[\]]*)\](?![({])/y,
    convert: ([, inside = ""], { draft, place }) => citationGroup(inside, draft, place),
  },
  {
    form: /\[((?:[^[\]\\]|\\.|\[[^\]]*\])*)\]\(\s*(?:<([^>\n]*)>|(\{[{%][^()\n]*?[}%]\}[^\s()]*|(?:[^\s()]|\([^\s()]*\))*))(?:\s+("(?:[^"\\]|\\.)*"|'[^']*'))?\s*\)(\{:?[^}\n]*\})?/y,
    convert: convertLink,
  },
  { form: /\^\[((?:[^[\]]|\[[^\]]*\])+)\]/y, convert: convertInlineNote },
  {
    form: /\[\[([^\]\n|]+)(?:\|([^\]\n]*))?\]\]/y,
    convert: ([all, target = "", words], context) => {
      context.draft.find(context.place, `The link \`${all}\` became text.`);
      return words ?? target;
    },
  },
  { form: /\[([^[\]\n]+)\]\{([^}\n]*)\}/y, convert: convertSpan },
  {
    form: /<a\s[^>]*?href\s*=\s*["']([^"']*)["'][^>]*>([\s\S]*?)<\/a>/iy,
    convert: ([, target = "", words = ""], { convert }) => convert(`[${words}](${target})`),
  },
  { form: /<!--[\s\S]*?-->/y, convert: ([all]) => (/^<!--\s*more\s*-->$/.test(all) ? "" : all) },
  { form: /<\/?[a-zA-Z][\w-]*(?:\s[^<>]*)?\/?>/y, convert: ([all], context) => convertHtmlTag(all, context) },
  { form: /(?<![\w@./])-?@([A-Za-z][\w:.-]*\w)/y, convert: convertBareReference },
  {
    form: /:end_[a-z]+:/y,
    convert: ([all], context) => keep(context, all, `The mark ${asCode(all)} has no equivalent, and is kept as code.`),
  },
  { form: /==(?=\S)([^=\n]+?)(?<=\S)==/y, convert: ([, words = ""], { convert }) => `<mark>${convert(words)}</mark>` },
  { form: /(?<=\w)~([^\s~]+)~(?!~)/y, convert: ([, words = ""]) => `<sub>${words}</sub>` },
  { form: /(?<=\w)\^([^\s^[\]]+)\^/y, convert: ([, words = ""]) => `<sup>${words}</sup>` },
];

/** `placeOf`: of an offset in `text`. */
export function convertInline(written: string, placeOf: (offset: number) => Place, draft: Draft): string {
  let converted = "";
  let at = 0;
  const text = withoutBase(written);
  while (at < text.length) {
    const place = placeOf(at);
    const context: InlineContext = { draft, place, convert: (part) => convertInline(part, () => place, draft) };
    const step = applyRules(text, at, context);
    converted += step.text;
    at += step.length;
  }
  return converted;
}

/** Targets without what Jekyll adds to them: `{{ '/cup.png' | relative_url }}`. The lines stay the same. */
const withoutBase = (text: string): string =>
  text
    .replace(/(\]\(\s*|src=["'])\{\{\s*["']([^"'\n]+)["']\s*\|[^}\n]*\}\}/g, "$1$2")
    .replace(/(\]\(\s*|src=["'])\{\{\s*site\.(?:baseurl|url)[^}\n]*\}\}/g, "$1");

function applyRules(text: string, at: number, context: InlineContext): { text: string; length: number } {
  for (const { form, convert } of rules) {
    form.lastIndex = at;
    const match = form.exec(text);
    const converted = match && convert(match, context);
    if (match && typeof converted === "string") return { text: converted, length: match[0].length };
  }
  return { text: text.charAt(at), length: 1 };
}

function convertTemplate([all]: RegExpExecArray, context: InlineContext): string | undefined {
  const cited = /^\{%-?\s*cite\s+([\w:.\s-]+?)\s*(?:-l\s.*)?-?%\}$/.exec(all)?.[1];
  if (cited !== undefined) return citeKeys(cited.split(/\s+/), context.draft, context.place);
  if (/^\{%-?\s*(end)?raw\s*-?%\}$/.test(all)) return "";
  const written = parseAttributes(all);
  const { values } = written;
  const target = values.src ?? values.path ?? values.url;
  if (/^\{(\{[<%]\s*(figure|img|image)|%-?\s*include\s+\S*(figure|image|img)\S*)\s/.test(all) && target !== undefined) {
    const used = ["src", "path", "url", "alt", "caption", "title"];
    reportOthers(written, used, "an image", (message) => context.draft.find(context.place, message));
    return imageMarkdown({ target, alt: values.alt ?? "", caption: values.caption ?? values.title ?? "" }, context);
  }
  if (/^\{\{[<%]\s*(pagebreak|br)\s*[>%]\}\}$/.test(all)) return "";
  return keep(context, all, `The template ${asCode(all)} has no equivalent, and is kept as code.`);
}

function convertImage(match: RegExpExecArray, context: InlineContext): string {
  const [, text = "", angled, bare, double, single, attributes] = match;
  const written = parseAttributes(attributes ?? "");
  const { id, values } = written;
  reportOthers(written, ["fig-alt", "alt"], "an image", (message) => context.draft.find(context.place, message));
  const title = double ?? single ?? "";
  // Pandoc's text in brackets is the caption if attributes follow; elsewhere it is the alt text.
  const isCaption = id?.startsWith("fig-") === true || values["fig-alt"] !== undefined;
  const alt = values["fig-alt"] ?? values.alt ?? (isCaption ? "" : text);
  return imageMarkdown({ target: angled ?? bare ?? "", alt, caption: isCaption ? text : title, label: id }, context);
}

function convertLink(match: RegExpExecArray, context: InlineContext): string {
  const [all, text = "", angled, bare = "", title] = match;
  const target = angled ?? bare;
  const words = context.convert(text);
  if (target.startsWith("#")) return context.draft.refer(target.slice(1), all, context.place, words);
  if (/^(https?:|mailto:)/.test(target))
    return `[${words}](${bare === "" ? `<${target}>` : target}${title ? ` ${title}` : ""})`;
  if (target.includes("@") && /^[\w.+-]+@[\w.-]+$/.test(target)) return `[${words}](mailto:${target})`;
  const chapter = context.draft.chapterOf(target);
  if (chapter !== undefined) return `[${words}](${chapter})`;
  context.draft.find(context.place, `The link to \`${target}\` became text: link to a chapter by its slug.`);
  return words === "" ? asCode(target) : `${words} (${asCode(target)})`;
}

function convertInlineNote([, words = ""]: RegExpExecArray, { draft, convert }: InlineContext): string {
  const name = `inline-${draft.notes.length + 1}`;
  draft.notes.push("");
  draft.notes[draft.notes.length - 1] = `[^${name}]: ${convert(words)}`;
  return `[^${name}]`;
}

function convertSpan([all, words = "", attributes = ""]: RegExpExecArray, context: InlineContext): string {
  const { id, classes } = parseAttributes(attributes);
  if (classes.includes("mark")) return `<mark>${context.convert(words)}</mark>`;
  if (classes.includes("kbd")) return `<kbd>${words}</kbd>`;
  if (id !== undefined) context.draft.label(id, { kind: "other", words });
  context.draft.find(context.place, `Of ${asCode(all)} only the text is kept.`);
  return context.convert(words);
}

/** `@fig-cup` refers, `@Su21` cites; any other word with an `@` is text. */
function convertBareReference([all, name = ""]: RegExpExecArray, { draft, place }: InlineContext): string | undefined {
  if (isCrossReference(name)) return draft.refer(name, all, place);
  return draft.cites(name) ? citeKeys([name], draft, place) : undefined;
}
