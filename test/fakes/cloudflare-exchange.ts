/** What one call to Cloudflare's API asks, and what it is answered. */

export interface ApiRequest {
  /** What the route's `:names` stand for. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly token: string;
  /** Where this server is: `http://127.0.0.1:1234`. */
  readonly origin: string;
  readonly body: Buffer<ArrayBuffer>;
  json(): unknown;
  form(): Promise<FormData>;
}

export type ApiAnswer =
  | { readonly kind: "success"; readonly result: unknown; readonly status?: number; readonly cursor?: string }
  /** Not wrapped in JSON. */
  | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly etag?: string }
  | { readonly kind: "failure"; readonly status: number; readonly code: number; readonly message: string };

export type Handler = (request: ApiRequest) => ApiAnswer | Promise<ApiAnswer>;
/** `POST /workers/scripts/:script/versions`, below the account -> what answers. */
export type Routes = Readonly<Record<string, Handler>>;

export const success = (result: unknown, status = 200): ApiAnswer => ({ kind: "success", result, status });
export const failure = (status: number, code: number, message: string): ApiAnswer => ({
  kind: "failure",
  status,
  code,
  message,
});
