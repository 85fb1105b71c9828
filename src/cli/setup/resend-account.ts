/**
 * Accesses the author's Resend account through Resend's package, with retries while Resend is busy, and explains
 * failures.
 */
import { Resend, type Response } from "resend";
import * as v from "valibot";
import { CommandError } from "../command-error.ts";

const DomainSchema = v.object({
  id: v.string(),
  name: v.string(),
  region: v.string(),
  status: v.string(),
  open_tracking: v.nullish(v.boolean(), false),
  click_tracking: v.nullish(v.boolean(), false),
  records: v.array(
    v.object({
      record: v.string(),
      type: v.string(),
      name: v.string(),
      value: v.string(),
      priority: v.nullish(v.number()),
      status: v.nullish(v.string(), "not_started"),
    }),
  ),
});
const WebhookSchema = v.object({
  id: v.string(),
  endpoint: v.string(),
  status: v.string(),
  events: v.nullish(v.array(v.string()), []),
});
const SecretSchema = v.object({ id: v.string(), signing_secret: v.pipe(v.string(), v.startsWith("whsec_")) });
const KeySchema = v.object({ id: v.string(), token: v.pipe(v.string(), v.startsWith("re_")) });
const Period = v.object({ used: v.number(), limit: v.nullish(v.number()) });
const UsageSchema = v.object({ emails: v.object({ daily: Period, monthly: Period }) });
const Listed = v.object({ id: v.string(), name: v.string() });

export type Domain = v.InferOutput<typeof DomainSchema>;
export type Webhook = v.InferOutput<typeof WebhookSchema>;
/** Emails sent and received, and the plan's limits, if any. */
export type Usage = v.InferOutput<typeof UsageSchema>["emails"];

/** Every method throws a `CommandError` on failure. */
export interface ResendAccount {
  findDomain(name: string): Promise<Domain | undefined>;
  readDomain(id: string): Promise<Domain>;
  /** Creates it without open and click tracking. */
  createDomain(name: string, region: string): Promise<Domain>;
  switchOffTracking(id: string): Promise<void>;
  /** Makes Resend check the DNS records, now and for some days. */
  verifyDomain(id: string): Promise<void>;
  listWebhooks(): Promise<Webhook[]>;
  readSigningSecret(webhook: string): Promise<string>;
  /** Returns the signing secret. */
  createWebhook(endpoint: string, events: readonly string[]): Promise<string>;
  /** Enables it for these events. */
  repairWebhook(id: string, events: readonly string[]): Promise<void>;
  /** Creates a key restricted to sending from that domain. Its token cannot be read again. */
  createSendingKey(name: string, domain: string): Promise<{ readonly id: string; readonly token: string }>;
  removeKey(id: string): Promise<void>;
  countKeys(name: string): Promise<number>;
  readUsage(): Promise<Usage>;
}

export interface AccountOptions {
  readonly key: string;
  /** `https://api.resend.com`, except in tests. */
  readonly url: string;
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

export function openResendAccount({ key, url, sleep = wait }: AccountOptions): ResendAccount {
  const resend = new Resend(key, { baseUrl: url, userAgent: "ml-blog" });
  const call = patientCaller(sleep);
  return {
    ...domainsOf(resend, call),
    ...webhooksOf(resend, call),
    ...keysOf(resend, call),
    async readUsage() {
      return (await call("read the usage", "read", UsageSchema, (options) => resend.usage.get(options))).emails;
    },
  };
}

function domainsOf(
  resend: Resend,
  call: Call,
): Pick<ResendAccount, "findDomain" | "readDomain" | "createDomain" | "switchOffTracking" | "verifyDomain"> {
  const readDomain = (id: string) =>
    call("read the domain", "read", DomainSchema, (options) => resend.domains.get(id, options));
  return {
    readDomain,
    async findDomain(name) {
      const list = await readAll(call, "list the domains", Listed, (page, options) =>
        resend.domains.list(page, options),
      );
      const found = list.find((domain) => domain.name.toLowerCase() === name);
      return found && readDomain(found.id);
    },
    createDomain: (name, region) =>
      call(`create the domain ${name}`, "create", DomainSchema, (options) =>
        resend.domains.create(
          { name, region: region as "us-east-1", openTracking: false, clickTracking: false },
          options,
        ),
      ),
    async switchOffTracking(id) {
      await call("switch off tracking", "change", v.unknown(), (options) =>
        resend.domains.update({ id, openTracking: false, clickTracking: false }, options),
      );
    },
    async verifyDomain(id) {
      await call("check the DNS records", "change", v.unknown(), (options) => resend.domains.verify(id, options));
    },
  };
}

type WebhookEvents = Parameters<Resend["webhooks"]["create"]>[0]["events"];

const webhooksOf = (
  resend: Resend,
  call: Call,
): Pick<ResendAccount, "listWebhooks" | "readSigningSecret" | "createWebhook" | "repairWebhook"> => ({
  listWebhooks: () =>
    readAll(call, "list the webhooks", WebhookSchema, (page, options) => resend.webhooks.list(page, options)),
  async readSigningSecret(id) {
    const answer = await call("read the webhook", "read", SecretSchema, (options) => resend.webhooks.get(id, options));
    return answer.signing_secret;
  },
  async createWebhook(endpoint, events) {
    const answer = await call("create the webhook", "create", SecretSchema, (options) =>
      resend.webhooks.create({ endpoint, events: events as WebhookEvents }, options),
    );
    return answer.signing_secret;
  },
  async repairWebhook(id, events) {
    await call("change the webhook", "change", v.unknown(), (options) =>
      resend.webhooks.update(id, { events: events as WebhookEvents, status: "enabled" }, options),
    );
  },
});

const keysOf = (resend: Resend, call: Call): Pick<ResendAccount, "createSendingKey" | "removeKey" | "countKeys"> => ({
  createSendingKey: (name, domain) =>
    call("create a key", "create", KeySchema, (options) =>
      resend.apiKeys.create({ name, permission: "sending_access", domain_id: domain }, options),
    ),
  async removeKey(id) {
    await call("delete the key", "change", v.unknown(), (options) => resend.apiKeys.remove(id, options));
  },
  async countKeys(name) {
    const list = await readAll(call, "list the keys", Listed, (page, options) => resend.apiKeys.list(page, options));
    return list.filter((key) => key.name === name).length;
  },
});

const timeoutMs = 30_000;
const attempts = 5;
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

interface CallOptions {
  readonly signal: AbortSignal;
}
type Call = ReturnType<typeof patientCaller>;

/**
 * Retries with backoff. `create` is retried only if Resend reports that it did nothing: after a lost response, a retry
 * would create a duplicate.
 */
const patientCaller =
  (sleep: (milliseconds: number) => Promise<void>) =>
  async <Output>(
    what: string,
    kind: "read" | "change" | "create",
    schema: v.GenericSchema<unknown, Output>,
    ask: (options: CallOptions) => Promise<Response<unknown>>,
  ): Promise<Output> => {
    for (let attempt = 1; ; attempt += 1) {
      const { data, error, headers } = await ask({ signal: AbortSignal.timeout(timeoutMs) });
      if (error === null) return parsed(schema, data, what);
      const isBusy = error.name === "rate_limit_exceeded";
      const isUnknown = error.statusCode === null || (error.statusCode ?? 0) >= 500;
      if (attempt === attempts || !(isBusy || (isUnknown && kind !== "create"))) {
        throw new CommandError(explain(what, kind, error));
      }
      const seconds = Number(headers?.["retry-after"] ?? attempt);
      await sleep(1000 * Math.min(Number.isFinite(seconds) ? seconds : attempt, 60));
    }
  };

/** Reads all pages. */
async function readAll<Entry extends { readonly id: string }>(
  call: Call,
  what: string,
  schema: v.GenericSchema<unknown, Entry>,
  list: (page: { limit: number; after?: string }, options: CallOptions) => Promise<Response<unknown>>,
): Promise<Entry[]> {
  const Page = v.object({ has_more: v.optional(v.boolean(), false), data: v.array(schema) });
  const entries: Entry[] = [];
  for (let hasMore = true; hasMore; ) {
    const after = entries.at(-1)?.id;
    const page = await call(what, "read", Page, (options) =>
      list({ limit: 100, ...(after !== undefined && { after }) }, options),
    );
    entries.push(...page.data);
    hasMore = page.has_more && page.data.length > 0;
  }
  return entries;
}

function parsed<Output>(schema: v.GenericSchema<unknown, Output>, data: unknown, what: string): Output {
  const result = v.safeParse(schema, data);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new CommandError(
    `Resend's answer is not valid (asked to ${what}): ${v.getDotPath(issue) ?? "all of it"}: ${issue.message}`,
  );
}

export const keysPage = "https://resend.com/api-keys";

interface Failure {
  readonly name: string;
  readonly message: string;
  readonly statusCode: number | null;
}

function explain(what: string, kind: "read" | "change" | "create", { name, message, statusCode }: Failure): string {
  if (name === "restricted_api_key") {
    return `This Resend key can only send emails. The setup needs one with full access: create it at ${keysPage}, and delete it when you are done.`;
  }
  if (name === "missing_api_key" || name === "invalid_api_key" || /api key is invalid/i.test(message)) {
    return `Resend does not accept this key. Create one with full access at ${keysPage}.`;
  }
  if (name === "rate_limit_exceeded") return "Resend is busy. Run the command again in a minute.";
  if (statusCode === null) {
    return kind === "create"
      ? `Resend did not answer when asked to ${what}. It may have done it anyway: run the command again, which detects what already exists.`
      : "Resend cannot be reached. Check the network connection of this machine.";
  }
  return `Resend did not ${what}: ${message} (${statusCode} ${name})`;
}
