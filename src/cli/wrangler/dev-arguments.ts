/**
 * Builds the arguments of `wrangler dev` for `npm start`. The signing key is passed in a file, because any user of the
 * machine can read the arguments of a process.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeNew, writeWhole } from "../../publish/write-whole.ts";
import { readDevVars } from "./dev-vars.ts";
import { environment } from "./environment.ts";
import { closeState, stateFolder } from "./private-state.ts";

/** `problems`: URL of the list of mistakes in content/. */
export function devArguments(root: string, port: number, origin: string, problems: string): string[] {
  const vars = [
    `ORIGIN:${origin}`,
    "SHOW_UNPUBLISHED:yes",
    `PROBLEMS_URL:${problems}`,
    "MAIL_INBOX:yes",
    "DESK_OPEN:local",
    "MAIL_FROM:The library <letters@localhost>",
  ];
  return [
    "dev",
    ...["--port", String(port)],
    ...["--ip", "127.0.0.1"],
    // Otherwise the Worker would see a host from `routes` in wrangler.toml, but the inbox and the desk only open on
    // this machine's.
    "--infer-origin-from-routes=false",
    ...vars.flatMap((pair) => ["--var", pair]),
    ...[...ownFiles(root), writeKeyFile(root)].flatMap((file) => ["--env-file", file]),
    "--show-interactive-dev-session=false",
  ];
}

/**
 * The files that wrangler reads by default (its dev-vars.ts), but no longer once `--env-file` is used; later ones take
 * precedence.
 */
function ownFiles(root: string): string[] {
  const { file } = readDevVars(root);
  if (existsSync(join(root, file))) return [file];
  const { name, source } = environment();
  const named = source === "--env" && name ? [`.env.${name}`, `.env.${name}.local`] : [];
  return [".env", ".env.local", ...named].filter((path) => existsSync(join(root, path)));
}

/** Writes this machine's key as a variable, and returns the file. */
function writeKeyFile(root: string): string {
  const file = `${stateFolder}/token-key.env`;
  writeWhole(join(root, file), `TOKEN_KEYS="${ownKey(root)}"\n`, 0o600);
  return file;
}

/** The key that signs links in local emails. Stored with the local database, so the links survive a restart. */
function ownKey(root: string): string {
  const file = join(root, stateFolder, "token-key");
  if (!existsSync(file)) {
    closeState(root);
    writeNew(file, `local:${randomBytes(24).toString("hex")}`, 0o600);
  }
  return readFileSync(file, "utf8").trim();
}
