/** Stores compiled objects under the hash of their bytes, so that the same content is the same file. */
import { createHash } from "node:crypto";
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "./write-whole.ts";

export interface ObjectStore {
  /** Stores the bytes and returns their SHA-256 in hexadecimal. */
  put(bytes: string | Uint8Array, extension: string): string;
}

export const sha256 = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Writes each object immediately, so that memory holds only one text of a library of thousands. */
export function createFolderStore(folder: string): ObjectStore {
  mkdirSync(folder, { recursive: true });
  return {
    put(bytes, extension) {
      const hash = sha256(bytes);
      const path = join(folder, `${hash}.${extension}`);
      // Atomic: an interrupted build leaves no partial file under its final name.
      if (statSync(path, { throwIfNoEntry: false })?.size !== Buffer.byteLength(bytes)) {
        writeWhole(path, bytes);
      }
      return hash;
    },
  };
}

/** Only computes hashes, for checks that write nothing. */
export const discardingStore: ObjectStore = { put: (bytes) => sha256(bytes) };
