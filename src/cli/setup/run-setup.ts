/** Assembles the inputs of a setup: wrangler.toml, the key, Resend, and the Worker's secrets. */

import { webhookEvents } from "../../editions/webhook/webhook-event.ts";
import { randomSecret } from "../../http/signing.ts";
import { CommandError } from "../command-error.ts";
import { readTokenKeys } from "../import-export/token-keys.ts";
import { paintFor } from "../terminal.ts";
import { readConfig } from "../wrangler/config.ts";
import { readDevVars } from "../wrangler/dev-vars.ts";
import { useEnvironment, withEnvironment } from "../wrangler/environment.ts";
import { announceTarget } from "../wrangler/target.ts";
import { listSecrets, putSecret } from "../wrangler/worker-secrets.ts";
import { askForKey, takeKeyFromEnvironment } from "./full-access-key.ts";
import { storeTokenKeys } from "./own-token-keys.ts";
import { probeWebhook } from "./probe-webhook.ts";
import { openResendAccount } from "./resend-account.ts";
import { type Setup, setUpNewsletter } from "./set-up-newsletter.ts";
import { readSetupSettings } from "./setup-settings.ts";
import { namesIn } from "./survey.ts";

export interface SetupOptions {
  /** `--env`. */
  readonly environment: string | undefined;
  readonly remote: boolean;
  readonly region: string;
  readonly wait: boolean;
  readonly confirm: Setup["confirm"];
}

/** Resend's regions (https://resend.com/docs/dashboard/domains/regions). */
const regions = ["us-east-1", "eu-west-1", "sa-east-1", "ap-northeast-1"];

/** Returns whether the setup is complete. Throws a `CommandError` or `Unreachable`. */
export async function runSetup({ environment, remote, region, wait, confirm }: SetupOptions): Promise<boolean> {
  // Before the next line, which copies the variables that wrangler inherits.
  const given = takeKeyFromEnvironment();
  useEnvironment(environment);
  if (!remote) {
    throw new CommandError(
      "`npm start` needs no setup: its emails stay in a local inbox. For the deployed library, add `--remote`.",
    );
  }
  if (!regions.includes(region))
    throw new CommandError(`\`--region\` must be one of ${regions.join(", ")}, not \`${region}\`.`);
  const { vars, ...config } = readConfig();
  const settings = readSetupSettings({ ...config, vars });
  await announceTarget("remote");
  // Throws if there is no Worker, before asking for the key.
  const secrets = namesIn(await listSecrets());
  return setUpNewsletter({
    account: openResendAccount({ key: given ?? (await askForKey()), url: settings.resendUrl }),
    settings,
    events: webhookEvents,
    secrets,
    region,
    waits: wait,
    unset: ["POSTAL_ADDRESS", "AUTHOR_EMAIL"].filter((name) => !vars[name]),
    probe: (url, secret) => probeWebhook(url, secret, Date.now()),
    putSecret,
    isStored: async (name) => namesIn(await listSecrets()).includes(name),
    tokenKeys: await tokenKeySource(process.cwd()),
    confirm,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    now: Date.now,
    tell: (text) => console.log(withEnvironment(text)),
    paint: paintFor(process.stdout),
  });
}

/** The key that this machine already has for the deployed library, or a new one. */
async function tokenKeySource(root: string): Promise<Setup["tokenKeys"]> {
  const { keys, from } = readTokenKeys(root, "remote");
  return () => {
    if (keys.length > 0) {
      return { value: keys.map(({ id, secret }) => `${id}:${secret}`).join(" "), copy: `the one from ${from}` };
    }
    const value = `k1:${randomSecret()}${randomSecret()}`;
    const { file } = readDevVars(root);
    storeTokenKeys(root, file, value);
    return { value, copy: `a new one; a copy is in ${file}` };
  };
}
