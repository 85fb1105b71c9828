/**
 * Tokens of Cloudflare Access (RFC 7519), which it sends along with each request that it lets through. Whatever is
 * wrong with one, the answer is the same; what a stranger can make wrong without a key is judged before keys are fetched.
 */
import { decode, verifyWithJwks } from "hono/jwt";
import * as v from "valibot";
import type { Certificates } from "./certificates.ts";

export interface Application {
  readonly team: string;
  readonly audience: string;
}

export type TokenResult =
  | { readonly kind: "holds"; readonly name: string | undefined }
  | { readonly kind: "does not hold" }
  /** Whether it holds cannot be found out just now. */
  | { readonly kind: "unknown"; readonly error: unknown };

/** A browser sends at most 4 KB in a cookie. */
const maxTokenLength = 8192;

/** Clocks differ, in seconds. */
const skew = 30;

const Header = v.object({ alg: v.literal("RS256"), kid: v.pipe(v.string(), v.maxLength(200)) });

const payloadFor = ({ team, audience }: Application, now: number) =>
  v.object({
    iss: v.literal(issuerOf(team)),
    aud: v.union([v.literal(audience), v.pipe(v.array(v.unknown()), v.includes(audience))]),
    exp: v.pipe(v.number(), v.minValue(now / 1000 - skew)),
    nbf: v.optional(v.pipe(v.number(), v.maxValue(now / 1000 + skew))),
    email: v.optional(v.string()),
    /** Of a service token. */
    common_name: v.optional(v.string()),
  });

const issuerOf = (team: string): string => `https://${team.toLowerCase()}.cloudflareaccess.com`;

/** `now` in milliseconds. Never throws. */
export async function verifyAccessToken(
  token: string,
  application: Application,
  certificates: Certificates,
  now: number,
): Promise<TokenResult> {
  if (token.length > maxTokenLength) return { kind: "does not hold" };
  const parts = partsOf(token);
  const header = v.safeParse(Header, parts?.header);
  const payload = v.safeParse(payloadFor(application, now), parts?.payload);
  if (!header.success || !payload.success) return { kind: "does not hold" };

  const found = await certificates.keysFor(header.output.kid, now);
  if (found.kind === "unavailable") return { kind: "unknown", error: found.error };
  try {
    await verifyWithJwks(token, {
      keys: [...found.keys],
      allowedAlgorithms: ["RS256"],
      // The claims are judged above, with a clock that is handed in.
      verification: { exp: false, nbf: false, iat: false },
    });
  } catch {
    // That is how the library says no, to whatever is wrong.
    return { kind: "does not hold" };
  }
  return { kind: "holds", name: payload.output.email ?? payload.output.common_name };
}

/** Header and payload as they are written, whoever wrote them. */
function partsOf(token: string): { readonly header: unknown; readonly payload: unknown } | undefined {
  try {
    return decode(token);
  } catch {
    return undefined;
  }
}
