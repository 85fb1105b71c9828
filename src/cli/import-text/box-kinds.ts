/** Maps the callouts and theorem environments of other dialects to our boxes. */
import { boxOf, boxPrefix } from "../../publish/markdown/boxes.ts";
import type { Attributes } from "./attributes.ts";
import type { Draft } from "./draft.ts";
import type { Line } from "./original.ts";

/** Name in the other dialect -> our box, and the title it gets if the original has none. */
const kinds: Readonly<Record<string, readonly [box: string, title: string]>> = {
  note: ["note", ""],
  info: ["note", ""],
  seealso: ["note", "See also"],
  important: ["note", "Important"],
  abstract: ["note", "Summary"],
  summary: ["note", "Summary"],
  tldr: ["note", "Summary"],
  tip: ["note", "Tip"],
  hint: ["note", "Hint"],
  success: ["note", ""],
  question: ["note", "Question"],
  quote: ["note", ""],
  admonition: ["note", ""],
  dropdown: ["note", ""],
  aside: ["note", ""],
  callout: ["note", ""],
  notice: ["note", ""],
  alert: ["note", ""],
  topic: ["note", ""],
  warning: ["warning", ""],
  caution: ["warning", ""],
  danger: ["warning", ""],
  attention: ["warning", ""],
  error: ["warning", ""],
  bug: ["warning", ""],
};

/** Environments for which we have no box: a note says what they are. */
const withoutBox: Readonly<Record<string, string>> = { conjecture: "Conjecture", axiom: "Axiom" };

/** Whether one of our boxes has the name and the meaning of an environment. */
const isEnvironment = (name: string): boolean => boxPrefix(name) !== undefined || ["proof", "solution"].includes(name);

/** Prefixes of Quarto's labels for what has no label here. */
const unlabelled: Readonly<Record<string, string>> = { cnj: "conjecture", sol: "solution" };

export interface BoxStart {
  readonly name: string;
  readonly title: string;
}

/** The label of a box in our form; "" for a box without a number, to which a reference is made by its title. */
export function labelBox({ name, title }: BoxStart, label: string | undefined, draft: Draft): string {
  if (label === undefined) return "";
  const prefix = boxPrefix(name);
  if (prefix !== undefined) return draft.element(prefix, label);
  draft.label(label, { kind: "other", words: title || name });
  return "";
}

/** Our box for a callout; `undefined` if the name is none of the known ones. */
export function boxFor(written: string, title: string): BoxStart | undefined {
  const name = written.toLowerCase().replace(/^(callout-|prf:|block-|alert-)/, "");
  if (isEnvironment(name)) return { name, title };
  const word = withoutBox[name];
  if (word !== undefined) return { name: "note", title: title === "" ? word : `${word}: ${title}` };
  const [box, standard] = kinds[name] ?? [];
  return box === undefined ? undefined : { name: box, title: title || (standard ?? "") };
}

/** The environment of a label such as `thm-line`. */
export function environmentOfLabel(label: string): string | undefined {
  const prefix = /^([a-z]{3})-/.exec(label)?.[1];
  if (prefix === undefined) return undefined;
  return boxOf(prefix) ?? unlabelled[prefix];
}

/** Lines of a box. Brackets in a title are balanced, or it would end early. */
export const boxLines = ({ name, title }: BoxStart, content: readonly string[], label = ""): string[] => {
  const shown = title.replace(/\s+/g, " ").trim();
  return [`:::${name}${shown === "" ? "" : `[${shown}]`}${label}`, ...trimBlank(content), ":::"];
};

export function trimBlank(lines: readonly string[]): string[] {
  const isText = (line: string) => line.trim() !== "";
  const first = lines.findIndex(isText);
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex(isText) + 1);
}

/** Quarto's title of a callout: an attribute, or a heading at its start. */
export function titleOf({ values }: Attributes, content: readonly Line[]): { text: string; rest: readonly Line[] } {
  const title = values.title ?? values.name;
  if (title !== undefined) return { text: title, rest: content };
  const first = content.findIndex(({ text }) => text.trim() !== "");
  const heading = /^#{1,6}\s+(.*)$/.exec(content[first]?.text ?? "")?.[1];
  return heading === undefined ? { text: "", rest: content } : { text: heading, rest: content.slice(first + 1) };
}
