/** Packs several files into one, for the cache: a line of JSON with their names and sizes, then their bytes. */

export function packFiles(files: ReadonlyMap<string, Uint8Array>): Buffer {
  const sizes = [...files].map(([name, bytes]) => [name, bytes.byteLength]);
  return Buffer.concat([Buffer.from(`${JSON.stringify(sizes)}\n`), ...files.values()]);
}

export function unpackFiles(pack: Buffer): Map<string, Buffer> {
  let start = pack.indexOf("\n") + 1;
  const sizes = JSON.parse(pack.toString("utf8", 0, start)) as [name: string, bytes: number][];
  return new Map(
    sizes.map(([name, bytes]) => {
      start += bytes;
      return [name, pack.subarray(start - bytes, start)];
    }),
  );
}
