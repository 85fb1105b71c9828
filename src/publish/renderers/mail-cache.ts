/** Caches compiled emails on disk by text and code, because typesetting their formulas is slow. */
import { readKept, writeKept } from "../cache/disk-cache.ts";
import { textCodeKey } from "../compiler-code.ts";
import { sha256 } from "../object-store.ts";
import type { CompiledMail } from "./compile-mail.ts";

const nameOf = (key: string): string => `${sha256(`${textCodeKey()} ${key}`)}.mail`;

/** The cached email; `undefined` if there is none or its file cannot be read. */
export function recallMail(key: string): CompiledMail | undefined {
  const bytes = readKept(nameOf(key));
  const end = bytes?.indexOf("\n") ?? -1;
  if (bytes === undefined || end === -1) return undefined;
  const { mail, cut } = JSON.parse(bytes.toString("utf8", 0, end)) as Beside;
  const pack = bytes.subarray(end + 1);
  return { mail, cut, pack: pack.byteLength === 0 ? undefined : pack };
}

/** The first line of a cached file; the images follow. */
type Beside = Pick<CompiledMail, "mail" | "cut">;

export function cacheMail(key: string, { mail, cut, pack = new Uint8Array() }: CompiledMail): void {
  const beside: Beside = { mail, cut };
  writeKept(nameOf(key), Buffer.concat([Buffer.from(`${JSON.stringify(beside)}\n`), pack]));
}
