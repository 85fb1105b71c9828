/** Fakes a WebSub hub and IndexNow: records what they are told, and accepts or rejects it. */
export const hub = "https://hub.example/";
const indexNow = "https://api.indexnow.org/indexnow";

export class PingServices {
  /** URLs of feeds, as the hub got them. */
  readonly feeds: string[] = [];
  /** Bodies that IndexNow got. */
  readonly submissions: unknown[] = [];
  /** How each answers; `lost`: the connection breaks off after the request. */
  hubAnswer: number | "lost" = 204;
  indexNowAnswer: number | "lost" = 202;

  /** Rejects what the services themselves would: another method, type or body. Throws for any other URL. */
  receive(url: string, method: string | undefined, type: string | null, body: string): number | "lost" {
    if (url !== hub && url !== indexNow) throw new Error(`Nothing is at ${url}.`);
    if (method !== "POST") return 405;
    if (url === hub) {
      const form = new URLSearchParams(body);
      if (!type?.startsWith("application/x-www-form-urlencoded") || form.get("hub.mode") !== "publish") return 400;
      this.feeds.push(form.get("hub.url") ?? "");
      return this.hubAnswer;
    }
    if (!type?.startsWith("application/json")) return 400;
    this.submissions.push(JSON.parse(body));
    return this.indexNowAnswer;
  }

  /** For `runPings`. */
  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const request = new Request(url, init);
    const status = this.receive(url, request.method, request.headers.get("Content-Type"), await request.text());
    if (status === "lost") throw new TypeError("The connection was lost.");
    return new Response(null, { status });
  };

  /** What was received since the last call. */
  taken(): { readonly feeds: string[]; readonly submissions: unknown[] } {
    return { feeds: this.feeds.splice(0).sort(), submissions: this.submissions.splice(0) };
  }
}
