/** Drives the desk as the author: opens a world with a login, and submits forms as the desk's own pages would. */
import { expect } from "vitest";
import { keys } from "../newsletter/newsletter-world.ts";
import { type Answer, bookFolder, type GetOptions, openWorld, present, type World } from "../world.ts";
import { AccessTeam, accessSettings } from "./author-login.ts";

export interface Desk extends AsyncDisposable {
  readonly world: World;
  /** Gets a page as the author, or as the user `as`. */
  see(path: string, options?: GetOptions & { readonly as?: string }): Promise<Answer>;
  /** Opens a page and submits its form, as a browser would. */
  send(page: string, action: string, fields?: Readonly<Record<string, string>>, options?: GetOptions): Promise<Answer>;
  /** Posts only these fields, from the desk's own origin. */
  post(
    action: string,
    fields: Readonly<Record<string, string>>,
    options?: GetOptions & { readonly as?: string },
  ): Promise<Answer>;
}

export async function openDesk(
  settings: Readonly<Record<string, string>> = {},
  folder = bookFolder("tea"),
): Promise<Desk> {
  const access = new AccessTeam();
  const world = await openWorld(folder, {
    settings: { ...accessSettings, TOKEN_KEYS: keys, ...settings },
    outbound: access.outbound,
  });
  const see: Desk["see"] = (path, { as = "author@library.example", ...options } = {}) => {
    const token = access.token(options.now ?? present, { claims: { email: as } });
    return world.get(path, { ...options, headers: { "Cf-Access-Jwt-Assertion": token, ...options.headers } });
  };
  const post: Desk["post"] = (action, fields, options = {}) =>
    see(action, {
      method: "POST",
      body: new URLSearchParams(fields).toString(),
      ...options,
      headers: { "Content-Type": "application/x-www-form-urlencoded", Origin: world.origin, ...options.headers },
    });
  return {
    world,
    see,
    post,
    async send(page, action, fields = {}, options = {}) {
      const { body } = await see(page, options);
      expect(body).toContain(`action="${action}"`);
      return post(action, { token: tokenIn(body), ...fields }, options);
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

/** The token in the form of a page. */
export const tokenIn = (body: string): string => /name="token" value="([^"]+)"/.exec(body)?.[1] ?? "";

/** The text of a page, without markup. */
export const wordsOf = (body: string): string =>
  (/<main[\s\S]*<\/main>/.exec(body)?.[0] ?? body).replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
