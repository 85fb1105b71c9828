/** Fakes the part of Cloudflare's API for KV namespaces and their values. */
import * as v from "valibot";
import { type ApiAnswer, type ApiRequest, failure, type Routes, success } from "./cloudflare-exchange.ts";

const Bulk = v.array(v.object({ key: v.string(), value: v.string(), base64: v.optional(v.boolean(), false) }));

/** Keys per page of a list; small here to cause several pages. */
const pageSize = 7;

/** https://developers.cloudflare.com/api/resources/kv/ */
export class Namespaces {
  /** Keys whose writes and deletions fail: Cloudflare answers with success and names them. */
  readonly refused = new Set<string>();
  readonly #all: { readonly title: string; readonly values: Map<string, Buffer> }[] = [];

  readonly routes: Routes = {
    "GET /storage/kv/namespaces": ({ query }) =>
      success(Number(query.get("page") ?? 1) > 1 ? [] : this.#all.map(({ title }, index) => describe(title, index))),
    "POST /storage/kv/namespaces": (request) => {
      const { title } = v.parse(v.object({ title: v.string() }), request.json());
      if (this.titles.includes(title)) {
        return failure(400, 10_014, "A namespace with this account ID and title already exists.");
      }
      return success(this.create(title));
    },
    "GET /storage/kv/namespaces/:namespace": ({ params }) => {
      const namespace = this.#all[Number(params.namespace) - 1];
      return namespace
        ? success(describe(namespace.title, Number(params.namespace) - 1))
        : failure(404, 10_013, "get namespace: 'namespace not found'");
    },
    "GET /storage/kv/namespaces/:namespace/keys": (request) => this.#list(request),
    "GET /storage/kv/namespaces/:namespace/values/:key": ({ params }) => {
      const bytes = this.#values(params.namespace)?.get(decodeURIComponent(params.key ?? ""));
      return bytes ? { kind: "bytes", bytes } : failure(404, 10_009, "get: 'key not found'");
    },
    "PUT /storage/kv/namespaces/:namespace/bulk": (request) => {
      const values = this.#values(request.params.namespace);
      return each(v.parse(Bulk, request.json()), ({ key, value, base64 }) => {
        if (this.refused.has(key)) return key;
        values?.set(key, Buffer.from(value, base64 ? "base64" : "utf8"));
        return undefined;
      });
    },
    "POST /storage/kv/namespaces/:namespace/bulk/delete": (request) => {
      const values = this.#values(request.params.namespace);
      return each(v.parse(v.array(v.string()), request.json()), (key) => {
        if (this.refused.has(key)) return key;
        values?.delete(key);
        return undefined;
      });
    },
  };

  get titles(): readonly string[] {
    return this.#all.map(({ title }) => title);
  }

  /** Creates an empty namespace without the API. */
  create(title: string) {
    return describe(title, this.#all.push({ title, values: new Map() }) - 1);
  }

  /** Values of a namespace, without the API. */
  values(title: string): Map<string, Buffer> {
    return this.#all.find((namespace) => namespace.title === title)?.values ?? new Map();
  }

  #values(id = ""): Map<string, Buffer> | undefined {
    return this.#all[Number(id) - 1]?.values;
  }

  #list({ params, query }: ApiRequest): ApiAnswer {
    const values = this.#values(params.namespace);
    if (!values) return failure(404, 10_013, "list keys: 'namespace not found'");
    const prefix = query.get("prefix") ?? "";
    const names = [...values.keys()].filter((name) => name.startsWith(prefix)).sort();
    const at = Number(query.get("cursor") ?? 0);
    const next = at + pageSize < names.length ? String(at + pageSize) : "";
    return { kind: "success", result: names.slice(at, at + pageSize).map((name) => ({ name })), cursor: next };
  }
}

function each<Item>(items: readonly Item[], take: (item: Item) => string | undefined): ApiAnswer {
  const failed = items.map(take).filter((key) => key !== undefined);
  return success({ successful_key_count: items.length - failed.length, unsuccessful_keys: failed });
}

const describe = (title: string, index: number) => ({
  id: String(index + 1).padStart(32, "0"),
  title,
  supports_url_encoding: true,
});
