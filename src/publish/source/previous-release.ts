/**
 * Finds the texts of the previous release: those that `npm run deploy` deployed last from this folder; without such a
 * record, those that were pushed last, because the push may have deployed them.
 */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { deployedTextsPath, releaseFolder } from "../release-paths.ts";
import { writeWhole } from "../write-whole.ts";
import { readUpstream } from "./git-history.ts";

/** Path of the file -> what it contained. */
const DeployedTexts = v.object({ texts: v.record(v.string(), v.string()) });

/** Files that are the same as in the previous release may be missing. */
export async function readPrevious(root: string): Promise<ReadonlyMap<string, string>> {
  const record = readRecord(join(root, deployedTextsPath));
  return record === undefined ? readUpstream(root) : new Map(Object.entries(record.texts));
}

/** A damaged record is as good as none: it only serves a reminder. */
function readRecord(path: string): v.InferOutput<typeof DeployedTexts> | undefined {
  try {
    return v.parse(DeployedTexts, JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}

/** To be called when a deploy is complete. */
export function recordDeployed(root: string): void {
  const names = readdirSync(join(root, "content"), { recursive: true, encoding: "utf8" });
  const paths = names.filter((name) => name.endsWith(".md")).map((name) => `content/${name.replaceAll("\\", "/")}`);
  const texts = Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(root, path), "utf8")]));
  mkdirSync(join(root, releaseFolder), { recursive: true });
  writeWhole(join(root, deployedTextsPath), `${JSON.stringify({ texts }, null, 1)}\n`);
}
