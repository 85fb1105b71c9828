/** The name under which an address is suppressed: a keyed hash, which cannot be turned back into the address. */
import type { SigningKey } from "../env.ts";
import { keyedHash } from "../http/signing.ts";
import { addressKey } from "./address.ts";

export const suppressionHash = (address: string, key: SigningKey): Promise<string> =>
  keyedHash("suppression", addressKey(address), key);
