/** Defines the boxes that a text may contain: their labels, which of them are numbered, and what follows a title. */
import type { Words } from "../../ui/words/words.ts";

export type BoxName = keyof Words["labels"]["boxes"];

/** Name -> prefix of its labels, `thm` in `{#thm:spectral}`; undefined if it cannot have one. */
const prefixes = {
  "in-short": undefined,
  example: "exm",
  misconception: undefined,
  questions: undefined,
  note: undefined,
  warning: undefined,
  theorem: "thm",
  lemma: "lem",
  proposition: "prp",
  corollary: "cor",
  definition: "def",
  remark: "rem",
  proof: undefined,
  exercise: "exr",
  solution: undefined,
  algorithm: "alg",
} as const satisfies Record<BoxName, string | undefined>;

export type BoxPrefix = NonNullable<(typeof prefixes)[BoxName]>;

const names = Object.keys(prefixes) as BoxName[];

export const boxNames: readonly string[] = names;

const named = (name: string): BoxName | undefined => names.find((each) => each === name);

export const boxPrefix = (name: string): BoxPrefix | undefined => {
  const known = named(name);
  return known && prefixes[known];
};

/** The box whose labels have this prefix. */
export const boxOf = (prefix: string): BoxName | undefined => names.find((name) => prefixes[name] === prefix);

/** Worked examples are numbered if they have a label, like equations; the other boxes that can have one always. */
export const isNumbered = (name: string, label: string | undefined): boolean =>
  boxPrefix(name) !== undefined && (name !== "example" || label !== undefined);

export interface BoxParts {
  readonly name: string;
  readonly number: number | undefined;
  /** "" if the box has none. */
  readonly title: string;
}

/**
 * The label above a box and its title; "" if there is none. The titles of a proof and of a solution say what they
 * belong to and are part of the label. The analysis has checked the name.
 */
export function boxHeading({ labels }: Words, { name, number, title }: BoxParts): { kind: string; title: string } {
  const known = named(name);
  if (known === undefined) throw new Error(`A box got past the analysis: ${name}`);
  if (known === "proof" && title !== "") return { kind: labels.proofOf(title), title: "" };
  if (known === "solution") {
    const exercise = title === "" ? numberedBox(labels, "exercise", number ?? 0) : title;
    return { kind: labels.solutionTo(exercise), title: "" };
  }
  return { kind: number === undefined ? labels.boxes[known] : numberedBox(labels, known, number), title };
}

/** `Theorem 2`. */
export const numberedBox = (labels: Words["labels"], name: BoxName, number: number): string =>
  labels.numbered(labels.boxes[name], number);

/** The body of a proof with its end sign: in its last paragraph, or on a line of its own. */
export const withEndSign = (body: string, sign: string): string =>
  /<\/p>\s*$/.test(body) ? body.replace(/<\/p>(\s*)$/, ` ${sign}</p>$1`) : `${body}<p class="end">${sign}</p>\n`;

/** The end sign where no stylesheet can draw it. */
export const endSign = "∎";
