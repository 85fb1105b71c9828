/** Packs several files into one: a line of JSON with their names and sizes, then their bytes. */
import { joinBytes } from "./join-bytes.ts";

const lineEnd = 0x0a;

/** The name of each file, and its bytes. */
export type Sizes = readonly (readonly [name: string, bytes: number])[];

export function packFiles(files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const head = packHead([...files].map(([name, bytes]) => [name, bytes.byteLength]));
  return joinBytes([new TextEncoder().encode(head), ...files.values()]);
}

/** What a pack of such files begins with. */
export const packHead = (sizes: Sizes): string => `${JSON.stringify(sizes)}\n`;

/** Views of the pack, not copies. Throws if it is not a pack. */
export function unpackFiles(pack: Uint8Array): Map<string, Uint8Array> {
  let start = pack.indexOf(lineEnd) + 1;
  const sizes = JSON.parse(new TextDecoder().decode(pack.subarray(0, start))) as Sizes;
  return new Map(
    sizes.map(([name, bytes]) => {
      start += bytes;
      return [name, pack.subarray(start - bytes, start)];
    }),
  );
}
