/**
 * Reads the computed numbers of each text: exports of `content/<book>/numbers/<slug>.ts` are `{{name}}` in its
 * Markdown.
 */
import type { ContentModule } from "./content-modules.ts";

export interface Numbers {
  /** Path of the module, for messages. */
  readonly file: string;
  /** Undefined if the module cannot be loaded. */
  readonly values: Readonly<Record<string, unknown>> | undefined;
  /** Cache key: changes whenever a value could change. */
  readonly key: string;
}

/** By the path of the text: `content/transformers/rope.md`. */
export const readNumbers = (modules: readonly ContentModule[]): ReadonlyMap<string, Numbers> =>
  new Map(
    modules.map(({ path, exports, key }) => [textOf(path), { file: path, values: exports && { ...exports }, key }]),
  );

/** Path of the text that a numbers module belongs to. */
export const textOf = (path: string): string => path.replace(/\/numbers\/([^/]*)\.ts$/, "/$1.md");
