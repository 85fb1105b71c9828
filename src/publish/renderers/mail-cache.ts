/** Caches compiled emails on disk by text and code, because typesetting their formulas is slow. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { readKept, writeKept } from "../cache/disk-cache.ts";
import { createCache } from "../cache/memory-cache.ts";
import { emailCode, packageFile } from "../compiler-code.ts";
import { sha256 } from "../object-store.ts";
import { compareText } from "../source/problem.ts";
import type { CompiledMail } from "./compile-mail.ts";

const nameOf = (key: string): string => `${sha256(`${codeKey("code", readCode)} ${key}`)}.mail`;

/** The cached email; `undefined` if there is none or its file cannot be read. */
export function recallMail(key: string): CompiledMail | undefined {
  const bytes = readKept(nameOf(key));
  const end = bytes?.indexOf("\n") ?? -1;
  if (bytes === undefined || end === -1) return undefined;
  const { hash, mail, cut } = JSON.parse(bytes.toString("utf8", 0, end)) as Beside;
  const pack = bytes.subarray(end + 1);
  if (sha256(pack) !== hash) return undefined;
  return { mail, cut, pack: pack.byteLength === 0 ? undefined : pack };
}

/** The first line of a cached file; the images follow. */
type Beside = Pick<CompiledMail, "mail" | "cut"> & { readonly hash: string };

export function cacheMail(key: string, { mail, cut, pack = new Uint8Array() }: CompiledMail): void {
  const beside: Beside = { hash: sha256(pack), mail, cut };
  writeKept(nameOf(key), Buffer.concat([Buffer.from(`${JSON.stringify(beside)}\n`), pack]));
}

const codeKey = createCache<string>();

/**
 * Hash of everything that an email is compiled with: our code, the stylesheets of drawings, and the versions of all
 * packages.
 */
function readCode(): string {
  const files = emailCode.flatMap((path) =>
    statSync(path).isFile()
      ? [path]
      : readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name)),
  );
  const all = [packageFile, ...files].sort(compareText);
  return sha256(all.map((path) => sha256(readFileSync(path))).join(" "));
}
