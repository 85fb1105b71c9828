/** Stores compiled objects under the hash of their bytes, so that the same content is the same file. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "./write-whole.ts";

export interface ObjectStore {
  /** Stores the bytes and returns their SHA-256 in hexadecimal. */
  put(bytes: string | Uint8Array, extension: string): string;
  /** Whether there is a file of this name, `<hash>.<extension>`, and size. */
  has(name: string, bytes: number): boolean;
  /** The bytes of a file of this name; undefined if there is none. */
  read?(name: string): Uint8Array | undefined;
  /** Keeps nothing, so that nothing need be drawn for it. */
  readonly isDiscarding?: true;
}

export const sha256 = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Writes each object immediately, so that memory holds only one text of a library of thousands. */
export function createFolderStore(folder: string): ObjectStore {
  mkdirSync(folder, { recursive: true });
  const has = (name: string, bytes: number) => statSync(join(folder, name), { throwIfNoEntry: false })?.size === bytes;
  return {
    has,
    read: (name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name)) : undefined),
    put(bytes, extension) {
      const hash = sha256(bytes);
      const name = `${hash}.${extension}`;
      // Atomic: an interrupted build leaves no partial file under its final name.
      if (!has(name, Buffer.byteLength(bytes))) writeWhole(join(folder, name), bytes);
      return hash;
    },
  };
}

/** The same store, and a record of what is put into it by file name. */
export function recordObjects(store: ObjectStore) {
  const objects = new Map<string, Uint8Array>();
  const recording: ObjectStore = {
    has: store.has,
    put(bytes, extension) {
      const hash = store.put(bytes, extension);
      objects.set(`${hash}.${extension}`, typeof bytes === "string" ? Buffer.from(bytes) : bytes);
      return hash;
    },
  };
  return { store: recording, objects };
}

/** Only computes hashes, for checks that write nothing. */
export const discardingStore: ObjectStore = { put: (bytes) => sha256(bytes), has: () => true, isDiscarding: true };
