/** Stores the newsletter's signing key in .dev.vars: Cloudflare never shows a secret again, and imports need it. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Call it before storing the key at Cloudflare: if that fails, the next attempt uses the same key. */
export function storeTokenKeys(root: string, file: string, value: string): void {
  const path = join(root, file);
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const line = `TOKEN_KEYS=${value}`;
  const isEmpty = /^TOKEN_KEYS=[ \t]*$/m;
  const next = isEmpty.test(text)
    ? text.replace(isEmpty, () => line)
    : `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${line}\n`;
  writeFileSync(path, next, { mode: 0o600 });
  chmodSync(path, 0o600);
}
