/**
 * Models Resend's batch endpoint with a movable clock: idempotency keys that expire after a day, validation, rate
 * limits, quotas, and faults of the response (https://resend.com/docs/api-reference/emails/send-batch-emails).
 */
import { addressParser } from "postal-mime";
import type { Message } from "../../src/mail/mailer.ts";
import { failure, garble, json, type Reply, type Trouble, tooFast } from "./resend-answers.ts";
import { Quota } from "./resend-quota.ts";

export interface BatchRequest {
  readonly headers: Headers;
  readonly body: string;
}

/** A sent message. */
export interface Sent {
  readonly id: string;
  readonly key: string;
  readonly message: Message;
  readonly at: number;
}

export interface Call {
  readonly key: string;
  readonly headers: Headers;
  readonly body: string;
  readonly at: number;
}

export interface ResendOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly apiKey?: string;
}

const keyLifeMs = 24 * 3_600_000;
const maxMessages = 100;
const plausible = /^(?:[^<>@\r\n]*<)?[^\s<>@,]+@[^\s<>@,]+\.[^\s<>@,.]+>?$/;

export class ResendModel {
  /** Every call received, including repeated ones. */
  readonly calls: Call[] = [];
  /** In the order of sending. */
  readonly sent: Sent[] = [];
  /** The messages of `sent`; a test may empty it. */
  readonly mails: Message[] = [];
  /** Faults of the next calls, in order. */
  readonly troubles: Trouble[] = [];
  /** Addresses rejected although their syntax is valid. */
  readonly refused = new Set<string>();
  /** Batches rejected as a whole, in either validation mode. */
  refuseWhole: (messages: readonly Message[]) => boolean = () => false;
  readonly quota: Quota;
  /** The limit of calls within any second. */
  maxCallsPerSecond: number | undefined;
  isDomainVerified = true;
  apiKey: string;
  knowsKey = (token: string): boolean => token === this.apiKey;

  readonly #now: () => number;
  readonly #keys = new Map<string, { readonly since: number; readonly body: string; reply: Reply | "running" }>();
  readonly #senders = new Map<string, boolean>();
  #late: { readonly at: number; readonly body: string; readonly run: () => void }[] = [];
  readonly #callTimes: number[] = [];

  constructor({ now = Date.now, apiKey = "re_test" }: ResendOptions = {}) {
    this.#now = now;
    this.quota = new Quota(now);
    this.apiKey = apiKey;
  }

  take({ headers, body }: BatchRequest): Reply {
    this.catchUp();
    const key = headers.get("idempotency-key") ?? "";
    this.calls.push({ key, headers, body, at: this.#now() });
    const trouble = this.troubles.shift();
    switch (trouble?.kind) {
      case undefined:
        return this.#answer(headers, key, body);
      case "answer":
        return typeof trouble.body === "string"
          ? { kind: "answer", status: trouble.status, headers: { "content-type": "text/html" }, body: trouble.body }
          : json(trouble.status, trouble.body);
      case "rate":
        return tooFast(trouble.retryAfter);
      case "cut":
        if (trouble.taken) this.#answer(headers, key, body);
        return { kind: "cut" };
      case "garbled":
        return garble(trouble.how, trouble.taken ? this.#answer(headers, key, body) : undefined);
      case "slow": {
        const waiting = this.#answer(headers, key, body, trouble.takenAfterMs);
        return waiting.kind === "answer" && waiting.status === 409 ? waiting : { kind: "silent" };
      }
    }
  }

  /** Sends everything delayed that is due by that time. */
  catchUp(until = this.#now()): void {
    const due = this.#late.filter(({ at }) => at <= until);
    this.#late = this.#late.filter((later) => !due.includes(later));
    for (const { run } of due.toSorted((a, b) => a.at - b.at)) run();
  }

  /** Whether a batch containing the text was accepted and has not been sent yet. */
  isWorkingOn(text: string): boolean {
    this.catchUp();
    return this.#late.some(({ body }) => body.includes(text));
  }

  /** Expires all idempotency keys. */
  forgetKeys(): void {
    this.#keys.clear();
  }

  /** All messages to an address, from any sender. */
  inbox(address: string): Message[] {
    this.catchUp();
    return this.sent.filter(({ message }) => message.to[0] === address).map(({ message }) => message);
  }

  #answer(headers: Headers, key: string, body: string, afterMs?: number): Reply {
    const now = this.#now();
    const refusal = this.#turnAway(headers, key, now);
    if (refusal) return refusal;
    const known = this.#keys.get(key);
    if (known && now - known.since < keyLifeMs && key !== "") {
      if (known.body !== body) {
        return failure(
          409,
          "invalid_idempotent_request",
          "Same idempotency key used with a different request payload.",
        );
      }
      return known.reply === "running"
        ? failure(
            409,
            "concurrent_idempotent_requests",
            "Same idempotency key used while original request is in progress.",
          )
        : known.reply;
    }
    if (afterMs === undefined) return this.#send(headers, key, body, now);
    this.#keys.set(key, { since: now, body, reply: "running" });
    const at = now + afterMs;
    this.#late.push({
      at,
      body,
      run: () => {
        const reply = this.#send(headers, key, body, now, at);
        if (reply.kind === "answer" && reply.status >= 300) this.#keys.delete(key);
      },
    });
    return { kind: "silent" };
  }

  #turnAway(headers: Headers, key: string, now: number): Reply | undefined {
    const authorization = headers.get("authorization");
    if (!authorization) return failure(401, "missing_api_key", "Missing API key in the authorization header.");
    if (!this.knowsKey(authorization.replace(/^Bearer /, "")))
      return failure(401, "validation_error", "API key is invalid");
    if (this.maxCallsPerSecond !== undefined) {
      const recent = this.#callTimes.filter((time) => time > now - 1000 && time <= now);
      if (recent.length >= this.maxCallsPerSecond) return tooFast("1");
      this.#callTimes.splice(0, this.#callTimes.length, ...recent, now);
    }
    if (key.length > 256) return failure(400, "invalid_idempotency_key", "The key must be between 1-256 chars.");
    return undefined;
  }

  #send(headers: Headers, key: string, body: string, since: number, at = since): Reply {
    if (!this.isDomainVerified) {
      return failure(
        403,
        "validation_error",
        "The library.example domain is not verified. Please, add and verify your domain.",
      );
    }
    const messages = parse(body);
    if (!Array.isArray(messages)) return failure(422, "validation_error", "The batch must be a list of emails.");
    if (messages.length === 0 || messages.length > maxMessages) {
      return failure(422, "validation_error", "The batch must contain between 1 and 100 emails.");
    }
    if (this.refuseWhole(messages as Message[])) return failure(422, "validation_error", "Something about the batch.");
    const errors = messages.flatMap((message: Message, index) => {
      const wrong = this.#faultOf(message);
      return wrong === undefined ? [] : [{ index, message: wrong }];
    });
    const isPermissive = headers.get("x-batch-validation") === "permissive";
    const [first] = errors;
    if (first && !isPermissive) return failure(422, "validation_error", first.message);
    const good = (messages as Message[]).filter((_, index) => !errors.some((error) => error.index === index));
    const exceeded = this.quota.exceededBy(good.length);
    if (exceeded)
      return failure(429, `${exceeded}_quota_exceeded`, `You have reached your ${exceeded} email sending quota.`);
    this.quota.use(good.length);
    const data = good.map((message) => {
      const id = `mail-${this.sent.length + 1}`;
      this.sent.push({ id, key, message, at });
      this.mails.push(message);
      return { id };
    });
    const reply = json(200, isPermissive ? { data, errors } : { data });
    if (key !== "") this.#keys.set(key, { since, body, reply });
    return reply;
  }

  /** Every message has the same sender, so it is parsed once. */
  #isOneMailbox(from: string): boolean {
    const known = this.#senders.get(from);
    if (known !== undefined) return known;
    const [mailbox, ...others] = addressParser(from ?? "");
    const isOne = others.length === 0 && plausible.test(mailbox?.address ?? "");
    this.#senders.set(from, isOne);
    return isOne;
  }

  #faultOf({ from, to, subject, tags = [] }: Message): string | undefined {
    if (!this.#isOneMailbox(from)) {
      return "Invalid `from` field. The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.";
    }
    const [address] = [to].flat();
    if (!address || !plausible.test(address) || this.refused.has(address)) {
      return "Invalid `to` field. The email address needs to follow the `email@example.com` format.";
    }
    if (!subject) return "Missing `subject` field.";
    const isBad = tags.some(({ name, value }) => !/^[\w-]{1,256}$/.test(name) || !/^[\w-]{1,256}$/.test(value));
    return isBad ? "Tags should only contain ASCII letters, numbers, underscores, or dashes." : undefined;
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
