/**
 * Finds the signing keys. Erased addresses are stored only as keyed hashes, so they cannot be recognised without the
 * keys.
 */
import { createHmac } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type SigningKey, signingKeys } from "../../env.ts";
import { CommandError } from "../command-error.ts";
import type { Target } from "../explain-failure.ts";
import { readDevVars } from "../wrangler/dev-vars.ts";

export interface KeyRing {
  /** Empty if none is set. */
  readonly keys: readonly SigningKey[];
  /** Source named in the report. */
  readonly from: string;
}

/**
 * Reads the keys from the environment or .dev.vars, in this order; on this machine, the key of `npm start` comes first.
 * Throws a `CommandError` if the value is not a key.
 */
export function readTokenKeys(root: string, target: Target): KeyRing {
  const devVars = readDevVars(root);
  const own = join(root, ".wrangler/token-key");
  const sources = [
    { from: "the environment", text: process.env.TOKEN_KEYS },
    { from: devVars.file, text: devVars.values.TOKEN_KEYS },
    {
      from: ".wrangler/token-key",
      text: target === "local" && existsSync(own) ? readFileSync(own, "utf8") : undefined,
    },
  ];
  const set = sources.filter(({ text }) => text !== undefined && text !== "");
  // `npm start` always signs with its own key.
  const found = target === "local" ? (set.at(-1) ?? undefined) : set[0];
  if (found?.text === undefined) return { keys: [], from: "" };
  const keys = signingKeys({ TOKEN_KEYS: found.text });
  if (keys.length === 0) {
    throw new CommandError(
      `TOKEN_KEYS from ${found.from} must have the form \`k1:SECRET\`, with a SECRET of at least 32 characters.`,
    );
  }
  return { keys, from: found.from };
}

/** Throws a `CommandError` if there are suppressed addresses, but no key to recognise them. */
export function checkKeys({ keys }: KeyRing, suppressed: number, target: Target): void {
  if (suppressed === 0 || keys.length > 0) return;
  throw new CommandError(
    target === "remote"
      ? `TOKEN_KEYS is needed: ${suppressed} erased or suppressed addresses are on record as keyed hashes and must not be re-imported. Cloudflare cannot show a secret: put the value you gave to \`npx wrangler secret put TOKEN_KEYS\` into .dev.vars, or into the environment.`
      : `TOKEN_KEYS is needed: ${suppressed} erased or suppressed addresses are on record as keyed hashes and must not be re-imported. \`npm start\` creates a key for this machine.`,
  );
}

/**
 * The keyed hash under which an address is suppressed. Also implemented in subscribers/suppression-hash.ts: this
 * version, without promises, is many times faster for a hundred thousand addresses. A test keeps the two equal.
 */
export const suppressionName = (addressKey: string, { secret }: SigningKey): string =>
  createHmac("sha256", secret).update(`suppression\0${addressKey}`).digest("hex");
