/**
 * Verifies the JSON Web Token (RFC 7519) that Cloudflare Access adds to each request it lets through. Every invalid
 * token has the same result. Header and claims are checked before keys are fetched, so a token with wrong claims costs
 * no request.
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
  /** The signature cannot be verified now, because the keys could not be fetched. */
  | { readonly kind: "unknown"; readonly error: unknown };

/** A browser sends at most 4 KB in a cookie. */
const maxTokenLength = 8192;

/** Tolerated clock skew, in seconds. */
const skew = 30;

const Header = v.object({ alg: v.literal("RS256"), kid: v.pipe(v.string(), v.maxLength(200)) });

const payloadFor = ({ team, audience }: Application, now: number) =>
  v.object({
    iss: v.literal(issuerOf(team)),
    aud: v.union([v.literal(audience), v.pipe(v.array(v.unknown()), v.includes(audience))]),
    exp: v.pipe(v.number(), v.minValue(now / 1000 - skew)),
    nbf: v.optional(v.pipe(v.number(), v.maxValue(now / 1000 + skew))),
    email: v.optional(v.string()),
    /** Name of a service token, which has no email address. */
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
      // The claims are checked above, against the injected clock.
      verification: { exp: false, nbf: false, iat: false },
    });
  } catch {
    // Hono throws for every invalid token, whatever the reason.
    return { kind: "does not hold" };
  }
  return { kind: "holds", name: payload.output.email ?? payload.output.common_name };
}

/** Decodes header and payload without verifying the signature. */
function partsOf(token: string): { readonly header: unknown; readonly payload: unknown } | undefined {
  try {
    return decode(token);
  } catch {
    return undefined;
  }
}
