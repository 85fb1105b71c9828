/** Hashes a suppressed address with a key, so that it cannot be recovered. */
import type { SigningKey } from "../env.ts";
import { keyedHash } from "../http/signing.ts";
import { addressKey } from "./address.ts";

export const suppressionHash = (address: string, key: SigningKey): Promise<string> =>
  keyedHash("suppression", addressKey(address), key);
