/** Opens a library with simulated readers: people with browsers and referrers, and the numbers that result. */
import { href } from "../../src/routes.ts";
import { type Answer, bookFolder, type GetOptions, openWorld, type World } from "../world.ts";

export const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
export const safari =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1";

const signing = { TOKEN_KEYS: `k1:${"a".repeat(40)}` };

export interface ReadingWorld extends AsyncDisposable {
  readonly world: World;
  /**
   * Opens a page as a person's browser would; each reader is in a separate network unless the headers say otherwise.
   */
  open(path: string, headers?: Readonly<Record<string, string>>, options?: GetOptions): Promise<Answer>;
  /** Sends a report of the page's script. */
  report(body: unknown, headers?: Readonly<Record<string, string>>, options?: GetOptions): Promise<Answer>;
  rows<T = Record<string, unknown>>(query: string): Promise<T[]>;
  /** Writes what is buffered, returns the sums as `page measure source` -> count, and resets them. */
  numbers(now?: string): Promise<Record<string, number>>;
}

export async function openReadingWorld(settings: Readonly<Record<string, string>> = signing): Promise<ReadingWorld> {
  const world = await openWorld(bookFolder("tea"), { settings });
  let readers = 0;
  const somebody = (): Record<string, string> => {
    readers += 1;
    return {
      "User-Agent": firefox,
      "Sec-Fetch-Dest": "document",
      "cf-connecting-ip": `10.${readers >> 8}.${readers & 255}.1`,
    };
  };
  const rows = async <T>(query: string) => (await (await world.database()).prepare(query).all<T>()).results;
  return {
    world,
    rows,
    open: (path, headers, options) => world.get(path, { ...options, headers: { ...somebody(), ...headers } }),
    report: (body, headers, options) =>
      world.get(href.reading(), {
        ...options,
        method: "POST",
        body: typeof body === "string" ? body : JSON.stringify(body),
        headers: {
          ...somebody(),
          "Sec-Fetch-Dest": "empty",
          "Sec-Fetch-Site": "same-origin",
          "content-type": "text/plain;charset=UTF-8",
          ...headers,
        },
      }),
    async numbers(now) {
      await world.gather(now);
      const sums = await rows<{ name: string; count: number }>(
        "SELECT trim(page || ' ' || measure || ' ' || source) AS name, SUM(count) AS count FROM reading GROUP BY name ORDER BY name",
      );
      const database = await world.database();
      await database.batch([database.prepare("DELETE FROM tallies"), database.prepare("DELETE FROM reading_days")]);
      return Object.fromEntries(sums.map(({ name, count }) => [name, count]));
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}
