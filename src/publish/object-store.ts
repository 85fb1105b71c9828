/** Where compiled objects go: each is written under the hash of its bytes, so the same content is the same file. */
import { createHash } from "node:crypto";
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "./write-whole.ts";

export interface ObjectStore {
  /** Keeps the bytes and returns their SHA-256 in hexadecimal. */
  put(bytes: string | Uint8Array, extension: string): string;
}

export const sha256 = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Writes to a folder at once, so that memory holds no more than one text of a library of thousands. */
export function createFolderStore(folder: string): ObjectStore {
  mkdirSync(folder, { recursive: true });
  return {
    put(bytes, extension) {
      const hash = sha256(bytes);
      const path = join(folder, `${hash}.${extension}`);
      // Written beside and renamed, so that no build that is cut short leaves half a file under a whole name.
      if (statSync(path, { throwIfNoEntry: false })?.size !== Buffer.byteLength(bytes)) {
        writeWhole(path, bytes);
      }
      return hash;
    },
  };
}

/** Only names things: for checking without writing. */
export const discardingStore: ObjectStore = { put: (bytes) => sha256(bytes) };
