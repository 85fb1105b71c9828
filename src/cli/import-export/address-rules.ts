/**
 * The newsletter's own rules of addresses, for the author's commands. Loaded while they run: they belong to rooms
 * that the compiler knows nothing of, and are the same code that the Worker runs.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export interface SigningKey {
  readonly id: string;
  readonly secret: string;
}

export interface AddressRules {
  /** See src/subscribers/address.ts. */
  readonly parseAddress: (input: unknown) => string | undefined;
  readonly addressKey: (address: string) => string;
  /** See src/env.ts. */
  readonly signingKeys: (bindings: { readonly TOKEN_KEYS?: string }) => readonly SigningKey[];
  /** See src/http/signing.ts. */
  readonly randomSecret: () => string;
}

const source = join(import.meta.dirname, "../..");

export async function loadAddressRules(): Promise<AddressRules> {
  const paths = ["subscribers/address.ts", "env.ts", "http/signing.ts"];
  const modules = await Promise.all(paths.map((path) => import(pathToFileURL(join(source, path)).href)));
  return Object.assign({}, ...modules) as AddressRules;
}
