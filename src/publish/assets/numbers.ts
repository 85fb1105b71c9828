/** The numbers of each text, computed: what `content/<book>/numbers/<slug>.ts` exports is `{{name}}` in its Markdown. */
import type { ContentModule } from "./content-modules.ts";

export interface Numbers {
  /** Where they are computed, as problems name it. */
  readonly file: string;
  /** Absent if that file cannot be loaded. */
  readonly values: Readonly<Record<string, unknown>> | undefined;
  /** Changes whenever one of them could become another. */
  readonly key: string;
}

/** By the path of the text: `content/transformers/rope.md`. */
export const readNumbers = (modules: readonly ContentModule[]): ReadonlyMap<string, Numbers> =>
  new Map(
    modules.map(({ path, exports, key }) => [textOf(path), { file: path, values: exports && { ...exports }, key }]),
  );

/** The text to which a file of numbers belongs. */
export const textOf = (path: string): string => path.replace(/\/numbers\/([^/]*)\.ts$/, "/$1.md");
