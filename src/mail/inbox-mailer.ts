/** Stores emails in the local inbox instead of sending them. As with Resend, an idempotency key sends once. */

import * as v from "valibot";
import { sha256, toHex } from "../library/hash.ts";
import { createInbox } from "./inbox.ts";
import type { Mailer } from "./mailer.ts";

const Messages = v.array(
  v.object({
    from: v.string(),
    to: v.tuple([v.string()]),
    subject: v.string(),
    html: v.string(),
    text: v.string(),
    headers: v.optional(v.record(v.string(), v.string()), {}),
  }),
);

/** `now` in milliseconds. */
export function createInboxMailer(kv: KVNamespace, now: () => number): Mailer {
  const inbox = createInbox(kv);
  return {
    async sendBatch(key, body) {
      try {
        const messages = v.parse(Messages, JSON.parse(new TextDecoder().decode(body)));
        const name = await nameOf(key);
        const ids = messages.map((_, index) => `${name}-${index}`);
        // A retry under the same key finds its emails already stored.
        const isThere = ids[0] !== undefined && (await inbox.get(ids[0])) !== undefined;
        if (!isThere) {
          const at = new Date(now()).toISOString();
          const stored = messages.map(({ to: [to], ...rest }, index) =>
            inbox.put({ ...rest, id: ids[index] ?? name, at, to, idempotencyKey: key }),
          );
          await Promise.all(stored);
        }
        return { kind: "accepted", results: ids.map((id) => ({ id })) };
      } catch (error) {
        return { kind: "refused", reason: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

/** A short name for a key, safe in a path. */
const nameOf = async (key: string): Promise<string> => toHex((await sha256(key)).slice(0, 8));
