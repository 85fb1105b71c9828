/** Finds the library's own font for shared images: content/lettering.ttf or .otf, for scripts that our fonts lack. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../object-store.ts";
import type { FontFile } from "./outline-text.ts";

const names = ["lettering.ttf", "lettering.otf"] as const;

export function findFont(root: string): FontFile | undefined {
  const path = names.map((name) => join(root, "content", name)).find(existsSync);
  return path === undefined ? undefined : { path, hash: sha256(readFileSync(path)) };
}
