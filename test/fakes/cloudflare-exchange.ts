/** Defines the request and answer types of the fake Cloudflare API. */

export interface ApiRequest {
  /** Values of the route's `:names`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly token: string;
  /** The server's origin: `http://127.0.0.1:1234`. */
  readonly origin: string;
  readonly body: Buffer<ArrayBuffer>;
  json(): unknown;
  form(): Promise<FormData>;
}

export type ApiAnswer =
  | { readonly kind: "success"; readonly result: unknown; readonly status?: number; readonly cursor?: string }
  /** Without a JSON envelope. */
  | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly etag?: string }
  | { readonly kind: "failure"; readonly status: number; readonly code: number; readonly message: string };

export type Handler = (request: ApiRequest) => ApiAnswer | Promise<ApiAnswer>;
/** `POST /workers/scripts/:script/versions`, below the account -> its handler. */
export type Routes = Readonly<Record<string, Handler>>;

export const success = (result: unknown, status = 200): ApiAnswer => ({ kind: "success", result, status });
export const failure = (status: number, code: number, message: string): ApiAnswer => ({
  kind: "failure",
  status,
  code,
  message,
});
