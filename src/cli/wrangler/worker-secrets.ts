/** Manages the deployed Worker's secrets: names can be listed, values only written. */
import * as v from "valibot";
import { explain, Unreachable } from "../explain-failure.ts";
import { openCloudflareApi } from "./cloudflare-api.ts";
import { readConfig } from "./config.ts";
import { runWranglerWithInput } from "./run-wrangler.ts";

const Secrets = v.array(v.object({ name: v.string() }));

export type SecretList =
  | { readonly kind: "read"; readonly names: readonly string[] }
  | { readonly kind: "not deployed" }
  /** `message`: an explanation for the author. */
  | { readonly kind: "unreadable"; readonly message: string };

export async function listSecrets(): Promise<SecretList> {
  try {
    const config = readConfig();
    const api = await openCloudflareApi(config);
    const answer = await api.ask(`/workers/scripts/${config.name}/secrets`);
    if (answer === undefined) return { kind: "not deployed" };
    const list = v.safeParse(Secrets, answer.result);
    return list.success
      ? { kind: "read", names: list.output.map(({ name }) => name).sort() }
      : { kind: "unreadable", message: explain("Cloudflare did not list the secrets.", "remote", "Cloudflare") };
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return { kind: "unreadable", message: error.message };
  }
}

/**
 * Stores the value through wrangler, on standard input: any user of the machine can read the arguments of a process.
 * Throws `Unreachable`.
 */
export async function putSecret(name: string, value: string): Promise<void> {
  const { ok, output } = await runWranglerWithInput(value, "secret", "put", name);
  if (!ok) throw new Unreachable(`Cloudflare did not store ${name}. ${explain(output.trim(), "remote", "Cloudflare")}`);
}
