/** Caches compiled texts on disk, with the objects they consist of and what they have looked up. */
import { deserialize, serialize } from "node:v8";
import { packFiles, unpackFiles } from "../library/file-pack.ts";
import { forgetKept, readKept, writeKept } from "./cache/disk-cache.ts";
import { textCodeKey } from "./compiler-code.ts";
import { type ObjectStore, sha256 } from "./object-store.ts";
import { isError } from "./source/problem.ts";
import type { CompiledText } from "./text/compiled-text.ts";
import { type Answers, type Lookups, stillHold } from "./text/lookups.ts";

/** A compiled text, and what must still hold for it to be used again. */
export interface ReusableText {
  readonly key: string;
  readonly text: CompiledText;
  /** The list of chapters in its file: see contents-list.ts. */
  readonly list: string;
  readonly lookups: Lookups;
  /** The text's objects by file name, with their sizes. */
  readonly objects: ReadonlyMap<string, number>;
}

type Kept = Omit<ReusableText, "key">;

const nameOf = (key: string): string => sha256(`${textCodeKey()} ${key}`);

/** Name of the cached file with the objects of a text. */
export const packOf = ({ key }: ReusableText): string => `${nameOf(key)}.objects`;

/** Puts the objects into the store. `undefined` if the text is not cached, or has looked up what is different now. */
export function recallText(key: string, store: ObjectStore, answers: Answers): ReusableText | undefined {
  const bytes = readKept(`${nameOf(key)}.text`);
  if (bytes === undefined) return undefined;
  const known: ReusableText = { key, ...(deserialize(bytes) as Kept) };
  return stillHold(known.lookups, answers) && restore(known, store) ? known : undefined;
}

function restore(known: ReusableText, store: ObjectStore): boolean {
  const missing = [...known.objects].filter(([name, bytes]) => !store.has(name, bytes));
  if (missing.length === 0) return true;
  const pack = readKept(packOf(known));
  const packed = pack && unpackFiles(pack);
  if (!packed || !missing.every(([name]) => packed.has(name))) return false;
  for (const [name] of missing) store.put(packed.get(name) ?? "", name.slice(name.indexOf(".") + 1));
  return true;
}

/** A text with errors is not cached: what they suggest depends on the whole library. */
export function keepText(known: ReusableText, objects: ReadonlyMap<string, Uint8Array>): void {
  if (known.text.problems.some(isError)) return;
  const { key: _, ...kept } = known;
  writeKept(packOf(known), packFiles(objects));
  writeKept(`${nameOf(known.key)}.text`, serialize(kept satisfies Kept));
}

export function forgetText(known: ReusableText): void {
  for (const name of [packOf(known), `${nameOf(known.key)}.text`]) forgetKept(name);
}
