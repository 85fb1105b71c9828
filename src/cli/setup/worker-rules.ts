/**
 * The Worker's own rules that a set-up follows: which events it reads, how it reads MAIL_QUOTA, what a signing key is.
 * Loaded when a command runs: they belong to folders that the compiler does not know.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AddressRules } from "../import-export/address-rules.ts";

export interface Quota {
  readonly day: number | undefined;
  readonly month: number | undefined;
}

export interface WorkerRules extends Pick<AddressRules, "signingKeys" | "randomSecret"> {
  /** See src/editions/webhook/webhook-event.ts. */
  readonly webhookEvents: readonly string[];
  /** See src/mail/quota.ts. */
  readonly quotaOf: (bindings: { readonly MAIL_QUOTA?: string }) => Quota;
}

const source = join(import.meta.dirname, "../..");

export async function loadWorkerRules(): Promise<WorkerRules> {
  const paths = ["editions/webhook/webhook-event.ts", "mail/quota.ts", "env.ts", "http/signing.ts"];
  const modules = await Promise.all(paths.map((path) => import(pathToFileURL(join(source, path)).href)));
  return Object.assign({}, ...modules) as WorkerRules;
}
