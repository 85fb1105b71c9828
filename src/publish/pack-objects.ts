/**
 * Packs the objects of a large library, because the number of files in a deploy is limited: 4,096 packs, by the first
 * three digits of their hashes. The objects themselves stay in .release/ for the next build, but are not uploaded. A
 * changed chapter changes four packs.
 */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, join } from "node:path";
import { packPath } from "../library/deployed-objects.ts";
import { packFiles, packHead, type Sizes } from "../library/file-pack.ts";
import { compareText } from "./source/problem.ts";
import { writeWhole } from "./write-whole.ts";

/** Workers Free deploys at most 20,000 files; the rest is for assets. */
const mostUnpacked = 15_000;

/** Writes the packs that have changed, or deletes all if there are few objects. Returns whether there are packs. */
export function packObjects(folder: string, names: ReadonlySet<string>, most = mostUnpacked): boolean {
  const packs = join(folder, "packs");
  if (names.size <= most) {
    rmSync(packs, { recursive: true, force: true });
    return false;
  }
  mkdirSync(packs, { recursive: true });
  const grouped = Map.groupBy([...names].sort(compareText), packPath);
  for (const [path, objects] of grouped) writePack(folder, path, objects);
  const wanted = new Set([...grouped.keys()].map((path) => basename(path)));
  for (const name of readdirSync(packs)) if (!wanted.has(name)) rmSync(join(packs, name));
  return true;
}

function writePack(folder: string, path: string, names: readonly string[]): void {
  const target = join(folder, path);
  const pathOf = (name: string) => join(folder, "objects", name);
  const sizes = names.map((name) => [name, statSync(pathOf(name)).size] as const);
  if (isPackOf(target, sizes)) return;
  writeWhole(target, packFiles(new Map(names.map((name) => [name, readFileSync(pathOf(name))]))));
}

/** Names are hashes, so a pack of the same names is the same. */
function isPackOf(path: string, sizes: Sizes): boolean {
  if (!existsSync(path)) return false;
  const head = Buffer.from(packHead(sizes));
  const found = Buffer.alloc(head.byteLength);
  const file = openSync(path, "r");
  try {
    readSync(file, found);
  } finally {
    closeSync(file);
  }
  return found.equals(head);
}
