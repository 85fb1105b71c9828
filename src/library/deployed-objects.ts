/** Reads the objects that were deployed with the Worker as private static assets. */
import { unpackFiles } from "./file-pack.ts";
import { sha256, toHex } from "./hash.ts";

/**
 * Where the deploy of a large library has the object: with the others that begin with the same three digits, because a
 * deploy may have only 20,000 files on Workers Free (https://developers.cloudflare.com/workers/platform/limits/).
 */
export const packPath = (hash: string): string => `packs/${hash.slice(0, 3)}.bin`;

/** Whether the last object was in a pack: then the next one is as well, and is not looked for as a file of its own. */
let isPacked = false;

/** As in a new isolate, for tests. */
export const forgetPacks = (): void => {
  isPacked = false;
};

/** The bytes of `<hash>.<extension>`, if the deploy has them and they match the hash. */
export async function readDeployed(
  assets: Pick<Fetcher, "fetch">,
  hash: string,
  extension: string,
): Promise<Uint8Array | undefined> {
  const name = `${hash}.${extension}`;
  const read = async (path: string): Promise<ArrayBuffer | undefined> => {
    const response = await assets.fetch(`https://assets.invalid/${path}`);
    return response.status === 200 ? response.arrayBuffer() : undefined;
  };
  const fromFile = () => read(`objects/${name}`);
  const fromPack = async () => unpack(await read(packPath(hash)), name);
  const [first, second] = isPacked ? [fromPack, fromFile] : [fromFile, fromPack];
  try {
    let bytes = await first();
    if (bytes === undefined) {
      bytes = await second();
      if (bytes !== undefined) isPacked = second === fromPack;
    }
    return bytes && (await verified(bytes, hash, "the deploy's assets"));
  } catch (error) {
    console.error(`The deployed copy of ${hash} could not be read (${describe(error)}).`);
    return undefined;
  }
}

const unpack = (pack: ArrayBuffer | undefined, name: string): ArrayBuffer | undefined => {
  const bytes = pack && unpackFiles(new Uint8Array(pack)).get(name);
  return bytes && (bytes.slice().buffer as ArrayBuffer);
};

/** Undefined, and logged, if the bytes do not match the hash. */
export async function verified(value: ArrayBuffer, hash: string, source: string): Promise<Uint8Array | undefined> {
  if (toHex(await sha256(value)) === hash) return new Uint8Array(value);
  console.error(`${source} returned bytes that do not match ${hash}; ignoring them.`);
  return undefined;
}

export const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));
