/** Opens a library with an enabled newsletter, and acts as its subscribers. */
import type { Message } from "../../src/mail/mailer.ts";
import { href } from "../../src/routes.ts";
import { openResend } from "../fakes/resend.ts";
import type { ResendModel } from "../fakes/resend-model.ts";
import { type Answer, bookFolder, type GetOptions, openWorld, present, type World } from "../world.ts";

export const keys = `k1:${"a".repeat(40)}`;
export const signingKeys = [{ id: "k1", secret: "a".repeat(40) }];

export interface NewsletterWorld extends AsyncDisposable {
  readonly world: World;
  readonly resend: ResendModel;
  /** Posts a form as a page of the library does. */
  post(path: string, fields: Readonly<Record<string, string | string[]>>, options?: GetOptions): Promise<Answer>;
  subscribe(email: string, options?: GetOptions): Promise<Answer>;
  /** Subscribes and confirms; the emails this causes are removed from `resend.mails`. */
  join(email: string, options?: GetOptions): Promise<Member>;
  rows<T = Record<string, unknown>>(query: string): Promise<T[]>;
}

export interface Member {
  readonly id: string;
  readonly leave: string;
  readonly preferences: string;
}

export async function openNewsletterWorld(
  settings: Readonly<Record<string, string>> = {},
  folder = bookFolder("tea"),
  open: (options: Parameters<typeof openWorld>[1]) => Promise<World> = (options) => openWorld(folder, options),
): Promise<NewsletterWorld> {
  const server = await openResend();
  const resend = server.model;
  const world = await open({
    settings: {
      TOKEN_KEYS: keys,
      MAIL_FROM: "The Tea Library <letters@library.example>",
      RESEND_API_KEY: "re_test",
      RESEND_URL: server.url,
      // The account's limits are tested elsewhere.
      MAIL_QUOTA: "-/-",
      ...settings,
    },
  });
  let visitors = 0;
  const post: NewsletterWorld["post"] = (path, fields, options = {}) => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) body.append(name, each);
    visitors += 1;
    return world.get(path, {
      method: "POST",
      ...options,
      body: body.toString(),
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        // Every visitor has a different network unless a test sets one.
        "cf-connecting-ip": `10.${visitors >> 8}.${visitors & 255}.1`,
        ...options.headers,
      },
    });
  };
  const subscribe: NewsletterWorld["subscribe"] = (email, options) =>
    post(href.subscribe(), { email, page: "/tea/cooling" }, options);
  const rows = async <T>(query: string) => (await (await world.database()).prepare(query).all<T>()).results;
  return {
    world,
    resend,
    post,
    subscribe,
    rows,
    async join(email, options) {
      await subscribe(email, options);
      await post(linkIn(lastMail(resend), "confirm"), {}, options);
      const mail = lastMail(resend);
      resend.mails.length = 0;
      const [row] = await rows<{ id: string }>(
        `SELECT id FROM subscribers WHERE address_key = '${email.toLowerCase()}'`,
      );
      return { id: row?.id ?? "", leave: linkIn(mail, "leave"), preferences: linkIn(mail, "preferences") };
    },
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

export function lastMail({ mails }: Pick<ResendModel, "mails">): Message {
  const mail = mails.at(-1);
  if (!mail) throw new Error("No mail came.");
  return mail;
}

/** Path of a link of that kind in an email's plain text. */
export function linkIn({ text }: Message, kind: "confirm" | "preferences" | "address" | "leave" | "return"): string {
  const found = new RegExp(`https://library\\.example(/newsletter/${kind}/[\\w.~-]+)`).exec(text)?.[1];
  if (!found) throw new Error(`No link to ${kind} in:\n${text}`);
  return found;
}

/** What a client can distinguish answers by. */
export const seen = ({ status, headers, body }: Answer) => ({
  status,
  body,
  headers: [...headers].filter(([name]) => !["x-world-operations", "x-world-d1-calls", "date"].includes(name)).sort(),
});

/** The time this many hours after `present`. */
export const after = (hours: number): string => new Date(Date.parse(present) + hours * 3_600_000).toISOString();
