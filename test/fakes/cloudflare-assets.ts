/** Fakes the part of Cloudflare's API that accepts static assets: it asks for missing files, and stores them by hash. */
import * as v from "valibot";
import { type ApiAnswer, type ApiRequest, failure, type Routes, success } from "./cloudflare-exchange.ts";

/** Path -> hash and size, as computed by wrangler. */
const ManifestSchema = v.record(v.string(), v.object({ hash: v.string(), size: v.number() }));
export type AssetManifest = v.InferOutput<typeof ManifestSchema>;

/** Files that Cloudflare requests per upload; small here to cause several uploads. */
const bucketSize = 10;

/** https://developers.cloudflare.com/workers/static-assets/direct-upload/ */
export class AssetStore {
  /** Paths of the files uploaded, in order. */
  readonly uploads: string[] = [];
  readonly #bytes = new Map<string, Buffer<ArrayBuffer>>();
  readonly #sessions: AssetManifest[] = [];

  readonly routes: Routes = {
    "POST /workers/scripts/:script/assets-upload-session": (request) => this.#openSession(request),
    "POST /workers/assets/upload": (request) => this.#takeBucket(request),
  };

  /** Path -> bytes of the session that the token completes; `undefined` while a file is missing. */
  filesOf(token: string): ReadonlyMap<string, Buffer<ArrayBuffer>> | undefined {
    const manifest = this.#manifestOf(token);
    if (manifest === undefined || this.#missing(manifest).length > 0) return undefined;
    return new Map(
      Object.entries(manifest).map(([path, { hash }]) => [path, this.#bytes.get(hash) ?? Buffer.alloc(0)]),
    );
  }

  #openSession(request: ApiRequest): ApiAnswer {
    const { manifest } = v.parse(v.object({ manifest: ManifestSchema }), request.json());
    const jwt = token(this.#sessions.push(manifest) - 1);
    const missing = this.#missing(manifest);
    const buckets = [];
    for (let at = 0; at < missing.length; at += bucketSize) buckets.push(missing.slice(at, at + bucketSize));
    return success({ jwt, buckets });
  }

  async #takeBucket(request: ApiRequest): Promise<ApiAnswer> {
    const manifest = this.#manifestOf(request.token);
    if (manifest === undefined) return failure(403, 10_000, "Authentication error");
    for (const [hash, file] of await request.form()) {
      const bytes = Buffer.from(typeof file === "string" ? file : await file.text(), "base64");
      const [path, entry] = Object.entries(manifest).find(([, { hash: known }]) => known === hash) ?? [];
      if (path === undefined || entry?.size !== bytes.byteLength)
        return failure(400, 100_312, `${hash} is not what the manifest says`);
      this.uploads.push(path);
      this.#bytes.set(hash, bytes);
    }
    const isComplete = this.#missing(manifest).length === 0;
    return success(isComplete ? { jwt: request.token } : {}, isComplete ? 201 : 202);
  }

  #missing(manifest: AssetManifest): string[] {
    return [...new Set(Object.values(manifest).map(({ hash }) => hash))].filter((hash) => !this.#bytes.has(hash));
  }

  #manifestOf(jwt: string): AssetManifest | undefined {
    const claims = jwt.split(".")[1];
    if (claims === undefined) return undefined;
    const { session } = v.parse(
      v.object({ session: v.number() }),
      JSON.parse(Buffer.from(claims, "base64url").toString()),
    );
    return this.#sessions[session];
  }
}

/** Wrangler reads the expiry from it. The signature is never checked. */
function token(session: number): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part({ session, exp: 4_102_444_800 })}.unsigned`;
}
