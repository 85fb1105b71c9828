/** Finds the signing keys: without them, erased addresses cannot be recognised, because only keyed hashes of them are stored. */
import { createHmac } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type SigningKey, signingKeys } from "../../env.ts";
import { CommandError } from "../command-error.ts";
import type { Target } from "../explain-failure.ts";
import { readDevVars } from "../wrangler/dev-vars.ts";

export interface KeyRing {
  /** None when none is set. */
  readonly keys: readonly SigningKey[];
  /** As the report says it. */
  readonly from: string;
}

/**
 * The environment counts most, then .dev.vars; on this machine `npm start` keeps a key of its own. Throws a
 * `CommandError` when what is set is not a key.
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
  // `npm start` signs with its own key, whatever else is set.
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

/** Throws a `CommandError` when there are addresses that must stay out, and no key to know them by. */
export function checkKeys({ keys }: KeyRing, suppressed: number, target: Target): void {
  if (suppressed === 0 || keys.length > 0) return;
  throw new CommandError(
    target === "remote"
      ? `TOKEN_KEYS is needed: ${suppressed} erased or suppressed addresses are on record as keyed hashes and must not be re-imported. Cloudflare cannot show a secret: put the value you gave to \`npx wrangler secret put TOKEN_KEYS\` into .dev.vars, or into the environment.`
      : `TOKEN_KEYS is needed: ${suppressed} erased or suppressed addresses are on record as keyed hashes and must not be re-imported. \`npm start\` creates a key for this machine.`,
  );
}

/**
 * The name under which an address is suppressed. Written twice, here and in subscribers/subscriber-queries.ts,
 * because a hundred thousand at once are many times faster without a promise each; a test holds the two together.
 */
export const suppressionName = (addressKey: string, { secret }: SigningKey): string =>
  createHmac("sha256", secret).update(`suppression\0${addressKey}`).digest("hex");
