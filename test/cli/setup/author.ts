/**
 * Sets a newsletter up as its author: the real steps and Resend's real package, a fake account, and the Worker's
 * secrets in memory.
 */
import { Unreachable } from "../../../src/cli/explain-failure.ts";
import { openResendAccount } from "../../../src/cli/setup/resend-account.ts";
import { type Setup, setUpNewsletter } from "../../../src/cli/setup/set-up-newsletter.ts";
import { readSetupSettings } from "../../../src/cli/setup/setup-settings.ts";
import { webhookEvents } from "../../../src/editions/webhook/webhook-event.ts";
import { openResend, type Resend } from "../../fakes/resend.ts";

export const vars = {
  ORIGIN: "https://library.example.org",
  MAIL_FROM: "Library <hello@letters.example.org>",
  AUTHOR_EMAIL: "you@example.org",
  POSTAL_ADDRESS: "1 Shelf Street",
};

export interface Author extends AsyncDisposable {
  readonly resend: Resend;
  /** Name -> value in the Worker. */
  readonly secrets: Map<string, string>;
  /** Secrets that Cloudflare rejects; with `lost` it stores them, but the command gets an error. */
  readonly refused: Map<string, "not stored" | "lost">;
  /** How the Worker answers a signed event. */
  worker: "as its secret says" | "silent";
  readonly clock: { now: number };
  /** Called whenever the set-up waits. */
  onSleep: () => void;
  /** Whether it succeeded, and every line it printed. */
  setUp(options?: Partial<Setup> & { readonly vars?: object }): Promise<{ done: boolean; message: string }>;
}

export async function openAuthor(): Promise<Author> {
  const resend = await openResend();
  const author: Author = {
    resend,
    secrets: new Map(),
    refused: new Map(),
    worker: "as its secret says",
    clock: { now: Date.parse("2026-12-01T10:00:00Z") },
    onSleep: () => undefined,
    async setUp({ vars: changed, ...options } = {}) {
      const message: string[] = [];
      const sleep = async (milliseconds: number) => {
        author.clock.now += milliseconds;
        author.onSleep();
      };
      const done = await setUpNewsletter({
        account: openResendAccount({ key: "re_full_access", url: resend.url, sleep }),
        settings: readSetupSettings({ name: "ml-blog", vars: { ...vars, ...changed } }),
        events: webhookEvents,
        secrets: [...author.secrets.keys()],
        region: "us-east-1",
        waits: false,
        unset: [],
        async probe(url, secret) {
          if (author.worker === "silent") return { kind: "unknown", message: `${url} does not answer` };
          return { kind: author.secrets.get("RESEND_WEBHOOK_SECRET") === secret ? "accepted" : "rejected" };
        },
        async putSecret(name, value) {
          const failure = author.refused.get(name);
          if (failure !== "not stored") author.secrets.set(name, value);
          if (failure !== undefined) throw new Unreachable(`Cloudflare did not store ${name}.`);
        },
        isStored: async (name) => author.secrets.has(name),
        tokenKeys: () => ({ value: `k1:${"a".repeat(64)}`, copy: "a new one; a copy is in .dev.vars" }),
        confirm: async () => "yes",
        sleep,
        now: () => author.clock.now,
        tell: (text) => message.push(text),
        paint: (text) => text,
        ...options,
      });
      return { done, message: message.join("\n") };
    },
    [Symbol.asyncDispose]: () => resend[Symbol.asyncDispose](),
  };
  return author;
}
