/** Defines labels, what they label, and what references to them become. */
import type { BoxPrefix } from "./boxes.ts";
import type { LinkTarget } from "./links.ts";

/** Prefix of a label. */
export type LabelKind = "eq" | "fig" | "tbl" | "lst" | "sec" | BoxPrefix;

/** Prefix -> what has labels of that kind, for messages. */
export const described: Readonly<Record<LabelKind, string>> = {
  eq: "equation",
  fig: "figure",
  tbl: "table",
  lst: "listing",
  sec: "section",
  thm: "theorem",
  lem: "lemma",
  prp: "proposition",
  cor: "corollary",
  def: "definition",
  rem: "remark",
  exm: "worked example",
  exr: "exercise",
  alg: "algorithm",
};

export const labelKinds = Object.keys(described) as readonly LabelKind[];

/** Something that a reference can refer to. */
export interface Target {
  readonly kind: LabelKind;
  /** Its number, or the words of a heading. */
  readonly name: number | string;
  /** Its id on the page. */
  readonly anchor: string;
}

/** Label, `thm:spectral` -> target. */
export type Targets = ReadonlyMap<string, Target>;

/** A text that another one refers to. */
export interface OtherText {
  readonly title: string;
  /** Its title must not be shown until it is published. */
  readonly isHidden: boolean;
  readonly targets: Targets;
}

export interface ResolvedReference {
  readonly to: Extract<LinkTarget, { kind: "anchor" | "chapter" }>;
  /** `Theorem 2`, `Equation (1) in “Cooling”`. */
  readonly text: string;
}

/** `thm:spectral` -> `thm-spectral`. */
export const anchorOf = (label: string): string =>
  label.replace(":", "-").replace(/[^A-Za-z0-9-]/gu, (sign) => `_${sign.codePointAt(0)?.toString(16)}`);

/** What a label is written for: `theorem`. */
export const kindOfLabel = (label: string): LabelKind | undefined =>
  labelKinds.find((kind) => label.startsWith(`${kind}:`));
