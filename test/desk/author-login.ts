/** Stands in for Cloudflare Access: a team with a key, its certificates, and valid or invalid tokens. */
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { Response } from "miniflare";

const team = "tea-house";
const audience = "a".repeat(64);
/** What an author writes into [vars]. */
export const accessSettings = { ACCESS_TEAM: team, ACCESS_AUD: audience } as const;

const certsUrl = `https://${team}.cloudflareaccess.com/cdn-cgi/access/certs`;

export class AccessTeam {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** How requests for the certificates are answered. */
  weather: "fair" | "down" | "unreachable" | "garbled" = "fair";
  /** Number of requests for the certificates. */
  asked = 0;

  constructor() {
    ({ privateKey: this.privateKey, publicKey: this.publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 }));
  }

  /** For `openWorld`: serves the certificates, and nothing else. */
  readonly outbound = async ({ url }: { readonly url: string }): Promise<Response> => {
    if (url !== certsUrl) return new Response("unknown", { status: 404 });
    this.asked += 1;
    if (this.weather === "unreachable") throw new Error("connect ECONNREFUSED");
    if (this.weather === "down") return new Response("later", { status: 502 });
    if (this.weather === "garbled") return new Response("<html>");
    const jwk = { ...this.publicKey.export({ format: "jwk" }), kid: "first", alg: "RS256", use: "sig" };
    return Response.json({ keys: [jwk] });
  };

  /** A token as Access would send it at `now`, apart from the changes; `undefined` removes a claim. */
  token(
    now: string,
    { claims = {}, header = {}, key = this.privateKey }: { claims?: object; header?: object; key?: KeyObject } = {},
  ): string {
    const seconds = Math.floor(Date.parse(now) / 1000);
    const body = encode({ ...this.claims(seconds), ...claims });
    const head = encode({ alg: "RS256", kid: "first", typ: "JWT", ...header });
    return `${head}.${body}.${sign("RSA-SHA256", Buffer.from(`${head}.${body}`), key).toString("base64url")}`;
  }

  private claims(seconds: number) {
    return {
      aud: [audience],
      email: "author@library.example",
      exp: seconds + 3600,
      iat: seconds,
      nbf: seconds,
      iss: `https://${team}.cloudflareaccess.com`,
      type: "app",
      sub: "7335d417",
    };
  }
}

/** Encodes a part of a token: JSON in base64url. */
export const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
