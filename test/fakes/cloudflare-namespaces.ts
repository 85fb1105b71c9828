/** The part of Cloudflare's API that creates KV namespaces. */
import * as v from "valibot";
import { failure, type Routes, success } from "./cloudflare-exchange.ts";

export class Namespaces {
  readonly #titles: string[] = [];

  readonly routes: Routes = {
    "GET /storage/kv/namespaces": ({ query }) =>
      success(Number(query.get("page") ?? 1) > 1 ? [] : this.#titles.map(describe)),
    "POST /storage/kv/namespaces": (request) => {
      const { title } = v.parse(v.object({ title: v.string() }), request.json());
      if (this.#titles.includes(title)) {
        return failure(400, 10_014, "A namespace with this account ID and title already exists.");
      }
      return success(describe(title, this.#titles.push(title) - 1));
    },
  };

  get titles(): readonly string[] {
    return this.#titles;
  }
}

const describe = (title: string, index: number) => ({
  id: String(index + 1).padStart(32, "0"),
  title,
  supports_url_encoding: true,
});
