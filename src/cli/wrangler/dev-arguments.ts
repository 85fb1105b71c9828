/**
 * What `npm start` gives to `wrangler dev`. The key that signs links goes through a file: the arguments of a program
 * can be read by everybody on the machine.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeNew, writeWhole } from "../../publish/write-whole.ts";
import { readDevVars } from "./dev-vars.ts";
import { environment } from "./environment.ts";
import { closeState, stateFolder } from "./private-state.ts";

export function devArguments(root: string, port: number, origin: string): string[] {
  const vars = [
    `ORIGIN:${origin}`,
    "SHOW_UNPUBLISHED:yes",
    "MAIL_INBOX:yes",
    "DESK_OPEN:local",
    "MAIL_FROM:The library <letters@localhost>",
  ];
  return [
    "dev",
    ...["--port", String(port)],
    ...["--ip", "127.0.0.1"],
    // Otherwise a `routes` of wrangler.toml is what the Worker takes for its host, and inbox and desk are this machine's.
    "--infer-origin-from-routes=false",
    ...vars.flatMap((pair) => ["--var", pair]),
    ...[...ownFiles(root), writeKeyFile(root)].flatMap((file) => ["--env-file", file]),
    "--show-interactive-dev-session=false",
  ];
}

/** The files that wrangler reads by itself (its dev-vars.ts), as long as no other is named; later ones count more. */
function ownFiles(root: string): string[] {
  const { file } = readDevVars(root);
  if (existsSync(join(root, file))) return [file];
  const { name, source } = environment();
  const named = source === "--env" && name ? [`.env.${name}`, `.env.${name}.local`] : [];
  return [".env", ".env.local", ...named].filter((path) => existsSync(join(root, path)));
}

/** Writes this machine's key as a variable, and gives the file. */
function writeKeyFile(root: string): string {
  const file = `${stateFolder}/token-key.env`;
  writeWhole(join(root, file), `TOKEN_KEYS="${ownKey(root)}"\n`, 0o600);
  return file;
}

/** Signs the links in local emails. Kept beside the local database, so that they outlive a restart. */
function ownKey(root: string): string {
  const file = join(root, stateFolder, "token-key");
  if (!existsSync(file)) {
    closeState(root);
    writeNew(file, `local:${randomBytes(24).toString("hex")}`, 0o600);
  }
  return readFileSync(file, "utf8").trim();
}
