/** Manages the deployed Worker's secrets through wrangler: names can be listed, values only written. */
import * as v from "valibot";
import { explain, Unreachable } from "../explain-failure.ts";
import { runWrangler, runWranglerWithInput } from "./run-wrangler.ts";

const Secrets = v.array(v.object({ name: v.string() }));

export type SecretList =
  | { readonly kind: "read"; readonly names: readonly string[] }
  | { readonly kind: "not deployed" }
  /** `message`: an explanation for the author. */
  | { readonly kind: "unreadable"; readonly message: string };

export async function listSecrets(): Promise<SecretList> {
  const { stdout, output } = await runWrangler("secret", "list");
  const list = v.safeParse(Secrets, parsed(stdout));
  if (list.success) return { kind: "read", names: list.output.map(({ name }) => name).sort() };
  return /10007|does not exist|not found/.test(output)
    ? { kind: "not deployed" }
    : { kind: "unreadable", message: explain(output.trim(), "remote", "Cloudflare") };
}

/**
 * Passes the value on standard input: any user of the machine can read the arguments of a process. Throws
 * `Unreachable`.
 */
export async function putSecret(name: string, value: string): Promise<void> {
  const { ok, output } = await runWranglerWithInput(value, "secret", "put", name);
  if (!ok) throw new Unreachable(`Cloudflare did not store ${name}. ${explain(output.trim(), "remote", "Cloudflare")}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Wrangler printed a message instead.
    return undefined;
  }
}
