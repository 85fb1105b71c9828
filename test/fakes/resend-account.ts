/**
 * Fakes the part of Resend's API that sets up an account (domains, webhooks, keys, usage), with the paths and JSON of
 * its package (`resend` 6.38). It stores what it receives, and can be made to fail.
 */
import { randomBytes, randomUUID } from "node:crypto";
import * as v from "valibot";
import { failure, json, type Reply, type Trouble, tooFast } from "./resend-answers.ts";

export interface AccountRequest {
  readonly method: string;
  /** Includes the query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

export interface FakeDomain {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  status: "not_started" | "pending" | "verified" | "failed";
  openTracking: boolean;
  clickTracking: boolean;
}

export interface FakeWebhook {
  readonly id: string;
  readonly endpoint: string;
  events: string[] | null;
  status: "enabled" | "disabled";
  secret: string;
}

export interface FakeKey {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  readonly permission: "full_access" | "sending_access";
  readonly domain: string | undefined;
}

const tracking = { open_tracking: v.optional(v.boolean()), click_tracking: v.optional(v.boolean()) };
const Region = v.picklist(["us-east-1", "eu-west-1", "sa-east-1", "ap-northeast-1"]);
const NewDomain = v.strictObject({ name: v.string(), region: v.optional(Region, "us-east-1"), ...tracking });
const Tracking = v.strictObject(tracking);
const Events = v.pipe(v.array(v.string()), v.minLength(1));
const NewWebhook = v.strictObject({ endpoint: v.pipe(v.string(), v.url()), events: Events });
const ChangedWebhook = v.strictObject({
  events: v.optional(Events),
  status: v.optional(v.picklist(["enabled", "disabled"])),
});
const NewKey = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(50)),
  permission: v.picklist(["full_access", "sending_access"]),
  domain_id: v.optional(v.string()),
});

type Handler = (id: string, body: unknown, query: URLSearchParams) => Reply;

export class ResendAccount {
  readonly domains: FakeDomain[] = [];
  readonly webhooks: FakeWebhook[] = [];
  readonly keys: FakeKey[] = [];
  /** The plan's limits of domains and emails. */
  readonly plan = { domains: 3, daily: 100 as number | null, monthly: 3000 };
  /** Domains whose DNS records exist: the next verification succeeds. */
  readonly recordsInPlace = new Set<string>();
  /** `GET /domains/:id` -> faults of its next calls. */
  readonly troubles = new Map<string, Trouble[]>();
  /** Method and path of every call, in order. */
  readonly requests: string[] = [];
  /** Maximum entries per page of a list. */
  maxPerPage = 100;

  constructor(fullAccessKey: string) {
    this.addKey(fullAccessKey, "full_access");
  }

  addKey(token: string, permission: FakeKey["permission"], name = "by hand", domain?: string): FakeKey {
    const key = { id: randomUUID(), name, token, permission, domain };
    this.keys.push(key);
    return key;
  }

  addDomain(name: string, status: FakeDomain["status"] = "verified", region = "us-east-1"): FakeDomain {
    const domain = { id: randomUUID(), name, region, status, openTracking: false, clickTracking: false };
    this.domains.push(domain);
    return domain;
  }

  addWebhook(endpoint: string, events: string[] | null): FakeWebhook {
    const secret = newSecret();
    const webhook: FakeWebhook = { id: randomUUID(), endpoint, events, status: "enabled", secret };
    this.webhooks.push(webhook);
    return webhook;
  }

  /** Calls that asked for a change. */
  get writes(): string[] {
    return this.requests.filter((line) => !line.startsWith("GET "));
  }

  take({ method, path, headers, body }: AccountRequest): Reply {
    const { pathname, searchParams } = new URL(path, "http://resend");
    this.requests.push(`${method} ${pathname}`);
    const [, collection = "", id = "", action = ""] = pathname.split("/");
    const route = `${method} /${collection}${id && "/:id"}${action && `/${action}`}`;
    const refusal = this.#turnAway(headers, route);
    if (refusal) return refusal;
    const trouble = this.troubles.get(route)?.shift();
    const answer = (): Reply => this.#handlers[route]?.(id, parse(body), searchParams) ?? notFound;
    switch (trouble?.kind) {
      case undefined:
        return answer();
      case "rate":
        return tooFast(trouble.retryAfter);
      case "answer":
        return json(trouble.status, trouble.body as object);
      case "cut":
        if (trouble.taken) answer();
        return { kind: "cut" };
      default:
        throw new Error(`This part of the fake knows no ${trouble?.kind}.`);
    }
  }

  #turnAway(headers: Headers, route: string): Reply | undefined {
    const token = headers.get("authorization")?.replace(/^Bearer /, "");
    if (!token) return failure(401, "missing_api_key", "Missing API key in the authorization header.");
    const key = this.keys.find((known) => known.token === token);
    if (!key) return failure(401, "validation_error", "API key is invalid");
    if (key.permission === "full_access" || route === "GET /usage") return undefined;
    return failure(401, "restricted_api_key", "This API key is restricted to only send emails");
  }

  readonly #handlers: Readonly<Record<string, Handler>> = {
    "GET /domains": (_, __, query) => this.#page(this.domains.map(listedDomain), query),
    "POST /domains": (_, body) =>
      parsed(NewDomain, body, ({ name, region, open_tracking = false, click_tracking = false }) => {
        if (this.domains.some((domain) => domain.name === name)) {
          return failure(403, "validation_error", `The ${name} domain has been registered already.`);
        }
        if (this.domains.length >= this.plan.domains) {
          return failure(
            403,
            "validation_error",
            `Your plan includes ${this.plan.domains} domain. Upgrade to add more.`,
          );
        }
        const domain = this.addDomain(name, "not_started", region);
        Object.assign(domain, { openTracking: open_tracking, clickTracking: click_tracking });
        return json(201, wholeDomain(domain));
      }),
    "GET /domains/:id": (id) =>
      found(this.domains, id, (domain) => {
        // Reading a domain while verification is pending reflects the current DNS.
        if (domain.status === "pending" && this.recordsInPlace.has(domain.name)) domain.status = "verified";
        return json(200, { object: "domain", ...wholeDomain(domain) });
      }),
    "PATCH /domains/:id": (id, body) =>
      found(this.domains, id, (domain) =>
        parsed(Tracking, body, ({ open_tracking, click_tracking }) => {
          domain.openTracking = open_tracking ?? domain.openTracking;
          domain.clickTracking = click_tracking ?? domain.clickTracking;
          return json(200, { object: "domain", id });
        }),
      ),
    "POST /domains/:id/verify": (id) =>
      found(this.domains, id, (domain) => {
        if (domain.status !== "verified") domain.status = "pending";
        return json(200, { object: "domain", id });
      }),
    "GET /webhooks": (_, __, query) => this.#page(this.webhooks.map(shownWebhook), query),
    "POST /webhooks": (_, body) =>
      parsed(NewWebhook, body, ({ endpoint, events }) => {
        const { id, secret } = this.addWebhook(endpoint, events);
        return json(201, { object: "webhook", id, signing_secret: secret });
      }),
    "GET /webhooks/:id": (id) =>
      found(this.webhooks, id, (webhook) =>
        json(200, { object: "webhook", ...shownWebhook(webhook), signing_secret: webhook.secret }),
      ),
    "PATCH /webhooks/:id": (id, body) =>
      found(this.webhooks, id, (webhook) =>
        parsed(ChangedWebhook, body, ({ events, status }) => {
          webhook.events = events ?? webhook.events;
          webhook.status = status ?? webhook.status;
          return json(200, { object: "webhook", id });
        }),
      ),
    "GET /api-keys": (_, __, query) =>
      this.#page(
        this.keys.map(({ id, name }) => ({ id, name, created_at: createdAt, last_used_at: null })),
        query,
      ),
    "POST /api-keys": (_, body) =>
      parsed(NewKey, body, ({ name, permission, domain_id }) => {
        const { id, token } = this.addKey(`re_${randomBytes(12).toString("hex")}`, permission, name, domain_id);
        return json(201, { id, token });
      }),
    "DELETE /api-keys/:id": (id) =>
      found(this.keys, id, (key) => {
        this.keys.splice(this.keys.indexOf(key), 1);
        return json(200, { object: "api_key", id, deleted: true });
      }),
    "GET /usage": () => json(200, this.#usage()),
  };

  #page(entries: readonly { readonly id: string }[], query: URLSearchParams): Reply {
    const limit = Math.min(Number(query.get("limit") ?? 20), this.maxPerPage);
    const start = entries.findIndex(({ id }) => id === query.get("after")) + 1;
    const data = entries.slice(start, start + limit);
    return json(200, { object: "list", has_more: start + limit < entries.length, data });
  }

  #usage() {
    const { daily, monthly, domains } = this.plan;
    const counted = { used: 12, sent: 10, received: 2, resets_at: "2026-12-02T00:00:00.000Z" };
    return {
      object: "usage",
      emails: { daily: { ...counted, limit: daily }, monthly: { ...counted, used: 340, limit: monthly } },
      domains: { used: this.domains.length, limit: domains },
      rate_limit: { limit: 5, duration: "1s" },
    };
  }
}

const createdAt = "2026-12-01 10:00:00.000000+00";
const newSecret = (): string => `whsec_${randomBytes(24).toString("base64")}`;
const notFound = failure(404, "not_found", "Not found");

const listedDomain = ({ id, name, region, status }: FakeDomain) => ({
  id,
  name,
  region,
  status,
  created_at: createdAt,
  capabilities: { sending: "enabled", receiving: "disabled" },
});

/** Names of records are relative to the registered domain, as Resend shows them. */
function wholeDomain(domain: FakeDomain) {
  const below = domain.name
    .split(".")
    .slice(0, -2)
    .map((label) => `.${label}`)
    .join("");
  const common = { ttl: "Auto", status: domain.status };
  const mailHost = `feedback-smtp.${domain.region}.amazonses.com`;
  return {
    ...listedDomain(domain),
    open_tracking: domain.openTracking,
    click_tracking: domain.clickTracking,
    records: [
      { record: "SPF", name: `send${below}`, type: "MX", value: mailHost, priority: 10, ...common },
      { record: "SPF", name: `send${below}`, type: "TXT", value: '"v=spf1 include:amazonses.com ~all"', ...common },
      { record: "DKIM", name: `resend._domainkey${below}`, type: "TXT", value: `p=MIGf${"A".repeat(212)}`, ...common },
    ],
  };
}

const shownWebhook = ({ id, endpoint, events, status }: FakeWebhook) => ({
  id,
  endpoint,
  events,
  status,
  created_at: createdAt,
});

function found<Entry extends { readonly id: string }>(
  entries: Entry[],
  id: string,
  use: (entry: Entry) => Reply,
): Reply {
  const entry = entries.find((known) => known.id === id);
  return entry ? use(entry) : notFound;
}

function parsed<Output>(schema: v.GenericSchema<unknown, Output>, body: unknown, use: (body: Output) => Reply): Reply {
  const result = v.safeParse(schema, body);
  return result.success
    ? use(result.output)
    : failure(422, "validation_error", `${v.getDotPath(result.issues[0]) ?? "body"}: ${result.issues[0].message}`);
}

function parse(body: string): unknown {
  try {
    return body === "" ? undefined : JSON.parse(body);
  } catch {
    return undefined;
  }
}
