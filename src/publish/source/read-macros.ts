/** Reads macros.yaml, the author's own TeX commands: of the library in content/, of a book in its folder. */
import * as v from "valibot";
import { type FrontMatter, parseYamlFile } from "./front-matter.ts";
import type { ProblemList } from "./problem.ts";
import type { SourceFile } from "./source-file.ts";

interface Macro {
  /** `\lVert #1 \rVert`. */
  readonly tex: string;
  /** Number of arguments. */
  readonly arity: number;
}

/** By name, with its backslash. */
export type Macros = ReadonlyMap<string, Macro>;

export interface MacroFile extends Pick<FrontMatter<unknown>, "spanOf" | "spanOfKey"> {
  readonly file: SourceFile;
  readonly own: Macros;
}

const schema = v.record(v.string(), v.pipe(v.string("must be TeX"), v.trim(), v.nonEmpty("is empty")));

export const howToWriteMacros = "Write `\\norm: '\\lVert #1 \\rVert'`: a name, and its TeX between single quotes.";

export const macrosFile = (folder: string): string => `${folder}/macros.yaml`;

export function readMacros(file: SourceFile, problems: ProblemList): MacroFile | undefined {
  const parsed = parseYamlFile(file, schema, { "*": howToWriteMacros }, problems);
  if (!parsed) return undefined;
  const { data, spanOf, spanOfKey } = parsed;
  const own = Object.entries(data).map(
    ([name, tex]) => [name, { tex: tex.replace(/\s+/g, " "), arity: arityOf(tex) }] as const,
  );
  return { file, own: new Map(own), spanOf, spanOfKey };
}

/** The greatest number of an argument. */
export const arityOf = (tex: string): number =>
  Math.max(0, ...[...tex.matchAll(/#([1-9])/g)].map(([, digit]) => Number(digit)));
