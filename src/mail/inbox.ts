/** Stores emails in KV on the author's own machine, where the local inbox shows them. */

export interface InboxMessage {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly idempotencyKey?: string | undefined;
}

/** A message as the list shows it. */
export interface InboxEntry {
  readonly id: string;
  readonly at: string;
  readonly to: string;
  readonly subject: string;
}

export interface Inbox {
  put(message: InboxMessage): Promise<void>;
  /** Newest first, at most a hundred. */
  list(): Promise<InboxEntry[]>;
  get(id: string): Promise<InboxMessage | undefined>;
  clear(): Promise<void>;
}

const prefix = "inbox/";
const listed = 100;

/** KV lists keys in byte order, so a key contains the time left until `lastMoment`: newest first. */
const lastMoment = 9_999_999_999_999;
const timeLength = String(lastMoment).length;

const keyOf = ({ id, at }: InboxMessage): string =>
  `${prefix}${String(lastMoment - Date.parse(at)).padStart(timeLength, "0")}-${id}`;

const idOf = (key: string): string => key.slice(prefix.length + timeLength + 1);

/** KV limits metadata to 1,024 bytes; the list needs only the beginning of a long subject. */
const short = (text: string): string => [...text].slice(0, 100).join("");

type Beside = Omit<InboxEntry, "id">;

export function createInbox(kv: KVNamespace): Inbox {
  /** Pages through all keys: KV lists a limited number at once. */
  async function* keys(): AsyncGenerator<string[]> {
    let cursor: string | undefined;
    do {
      const page: KVNamespaceListResult<Beside> = await kv.list({ prefix, ...(cursor !== undefined && { cursor }) });
      yield page.keys.map(({ name }) => name);
      cursor = page.list_complete ? undefined : page.cursor;
    } while (cursor !== undefined);
  }
  return {
    async put(message) {
      const beside: Beside = { at: message.at, to: short(message.to), subject: short(message.subject) };
      await kv.put(keyOf(message), JSON.stringify(message), { metadata: beside });
    },
    async list() {
      const page = await kv.list<Beside>({ prefix, limit: listed });
      return page.keys.flatMap(({ name, metadata }) => (metadata ? [{ id: idOf(name), ...metadata }] : []));
    },
    async get(id) {
      for await (const names of keys()) {
        const name = names.find((candidate) => idOf(candidate) === id);
        if (name !== undefined) return (await kv.get<InboxMessage>(name, "json")) ?? undefined;
      }
      return undefined;
    },
    async clear() {
      const all: string[] = [];
      for await (const names of keys()) all.push(...names);
      await Promise.all(all.map((name) => kv.delete(name)));
    },
  };
}
