/** Lists markup of other tools that would be printed literally, with what to write instead. */
import { codeMark, type LeftoverForm } from "./leftover-form.ts";

const literally = "To print it, put a backslash before it.";

/** Kinds of Quarto's and pandoc-crossref's references. */
const referenceKinds = "eq|fig|tbl|tab|sec|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg";

const byRole: ReadonlyMap<string, string> = new Map([
  ["cite", "Write a citation as `[@Key]`, with the key in the front matter."],
  ["label", "Remove it: the anchor of a heading is made from its words, and an equation has `\\label{…}` inside."],
  ["eqref", "Write a reference to an equation as `\\eqref{label}`."],
  ["math", "Write a formula as `$…$`."],
]);

const roleAdvice = (role: string): string =>
  byRole.get(role) ??
  (/ref$|^doc$/.test(role)
    ? "Write a reference as `[@fig:label]`, `[@eq:label]` or `[@sec:anchor-of-heading]`."
    : `Roles are not used here. ${literally}`);

const images: readonly LeftoverForm[] = [
  {
    form: /!\[\[[^\]\n]*\]\]/gu,
    fix: 'Write an image as `![Alt text.](name.png "Caption.")`, alone in its paragraph.',
  },
  {
    form: /!\[[^\]\n]*\]\([^)\n]*\)?/gu,
    fix: ([image]) =>
      image.includes("{{") || image.includes("{%")
        ? 'Put the file next to the text and write its bare name: `![Alt text.](name.png "Caption.")`.'
        : 'A name with spaces goes between angle brackets: `![Alt text.](<my photo.png> "Caption.")`.',
  },
  { form: /!\[/gu, fix: `Write an image as \`![Alt text.](name.png "Caption.")\`. ${literally}` },
];

const links: readonly LeftoverForm[] = [
  {
    form: /\[\[[^\]\n]*\p{L}[^\]\n]*\]\]/gu,
    fix: `Write a link as \`[words](slug)\`. ${literally}`,
  },
  {
    form: /(?<![\w\]])\[[^[\]\n]+\]\([^)\n]*\)/gu,
    fix: `A link has no spaces in its URL; a name with spaces goes between angle brackets. ${literally}`,
  },
  {
    form: /(?<![\w\]])\[(?=[^\]]*\p{L})[^[\]\n]+\]\[[^[\]\n]*\]/gu,
    fix: `No line defines this link: write \`[words](slug)\`. ${literally}`,
  },
];

const references: readonly LeftoverForm[] = [
  {
    form: new RegExp(`(?<![\\w@./])@(?:${referenceKinds})[-:][\\w:-]*\\w`, "gu"),
    fix: ([reference]) =>
      /^@eq/.test(reference)
        ? `Write \`\\eqref{${reference.slice(4)}}\`. ${literally}`
        : `Write \`[@${reference.slice(1).replace(/^([a-z]+)[-:]/, "$1:")}]\`. ${literally}`,
  },
  {
    form: /(?<![\w@./])@[A-Za-z](?:[\w.-]*\w)?/gu,
    isFine: ([mention], { references }) => !references.includes(mention.slice(1)),
    fix: ([mention]) => `Write a citation as \`[${mention}]\`. ${literally}`,
  },
  {
    form: new RegExp(`(?<![\\w:]):([a-z][\\w+-]*(?::[a-z]+)?):(?=${codeMark})`, "gu"),
    fix: ([, role = ""]) => roleAdvice(role),
  },
  { form: new RegExp(`\\{([a-z][\\w:-]*)\\}(?=${codeMark})`, "gu"), fix: ([, role = ""]) => roleAdvice(role) },
  { form: /(?<![\p{L}\p{N}_:]):[a-z][\w+-]*:(?![\w:])/gu, fix: `Write an emoji as the character itself. ${literally}` },
  {
    form: /\^\[[^\]\n]*\]/gu,
    fix: `Write a note as \`[^name]\`, and \`[^name]: Its text.\` as a separate paragraph. ${literally}`,
  },
  { form: /\[\^[^\]\n]*\]/gu, fix: `The name of a note has no spaces: \`[^name]\`. ${literally}` },
];

const templates: readonly LeftoverForm[] = [
  {
    form: /\{\{[^\n]*?\}\}|\{\{/gu,
    fix: "Liquid, Jinja and Hugo's shortcodes are not run here: write what they stand for. To print braces, write `\\{{`.",
  },
  {
    form: /\{%[^\n]*?%\}|\{%/gu,
    fix: "Liquid and Jinja are not run here: write what the tag stands for. To print it, write `\\{%`.",
  },
  {
    form: /(?<![\w%])%%[^%\n]+(?<!\d)%%|^%%/gmu,
    fix: `Write a comment as \`<!-- … -->\`. ${literally}`,
  },
];

const attributes: readonly LeftoverForm[] = [
  {
    form: /\{#[^}\n]*\}?/gu,
    fix: `Remove it: the anchor of a heading is made from its words, and an equation has \`\\label{…}\` inside; a table or listing has its label at the end of its caption, \`: Words {#tbl:name}\`. ${literally}`,
  },
  {
    form: /\{\.(?:index|model|dataset)(?![\w-])[^}\n]*\}?/gu,
    fix: `Put it right after the brackets of its words: \`[term]{.index}\`; a link goes inside them, \`[[term](slug)]{.index}\`. ${literally}`,
    severity: "error",
  },
  {
    form: /\{:[^}\n]*\}?|\{\.[a-z][^}\n]*\}/gu,
    fix: `Remove it: texts have no classes and attributes. ${literally}`,
  },
];

const blocks: readonly LeftoverForm[] = [
  { form: /\[![A-Za-z]+\]/gu, fix: `Write a box: \`:::note\` or \`:::warning\`, the text, and \`:::\`. ${literally}` },
  { form: /^!!! ?\w[^\n]*/gmu, fix: `Write a box: \`:::note\`, the text, and \`:::\`. ${literally}` },
  { form: /^\.\. [\w-]+::[^\n]*/gmu, fix: `Write a box: \`:::note\`, the text, and \`:::\`. ${literally}` },
  { form: /^\[toc\][ \t]*$/gimu, fix: "Remove it: each page has a table of contents." },
  {
    form: /^[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$|^[ \t]*\|[ \t]*:?-+:?[ \t]*\|[ \t]*$/gmu,
    fix: "These lines are not a table: the first line needs as many cells as this one. A bar in a cell is written `\\|`.",
  },
];

const styles: readonly LeftoverForm[] = [
  {
    form: /(?<![\w=])==(?=[^\s=])[^=\n]*(?<=[^\s=])==(?![\w=])/gu,
    fix: `Write \`<mark>…</mark>\`, or emphasis: \`*…*\`. ${literally}`,
  },
  { form: /(?<=\w)\^[^\s^[{]{1,12}\^(?!\w*\^)/gu, fix: `Write \`<sup>…</sup>\`, or a formula: \`$…$\`. ${literally}` },
  {
    form: /(?<![\w*])\*\*(?=[^\s*])[^*\n]*(?<=[^\s*])\*\*(?!\*)/gu,
    fix: `CommonMark sees no emphasis here: put the punctuation outside of the stars. ${literally}`,
  },
];

export const foreignForms: readonly LeftoverForm[] = [
  ...images,
  ...links,
  ...blocks,
  ...references,
  ...templates,
  ...attributes,
  ...styles,
];
