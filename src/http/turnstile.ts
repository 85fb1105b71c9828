/** Verifies Cloudflare Turnstile, which is off unless its two settings are set. */
import * as v from "valibot";
import { contentSecurityPolicy } from "./security-headers.ts";

const host = "https://challenges.cloudflare.com";

/** Only the page with the challenge may load it. */
export const turnstilePolicy = contentSecurityPolicy
  .replace("script-src 'self'", `script-src 'self' ${host}`)
  .concat(`; frame-src ${host}`);

export const turnstileScript = `${host}/turnstile/v0/api.js`;

const Answer = v.object({ success: v.boolean() });

/** If Turnstile cannot be reached, the limits have to suffice. */
export async function isHuman(secret: string, response: string | undefined, ip: string | undefined): Promise<boolean> {
  if (response === undefined || response === "") return false;
  const body = new FormData();
  body.set("secret", secret);
  body.set("response", response);
  if (ip !== undefined) body.set("remoteip", ip);
  try {
    const answer = await fetch(`${host}/turnstile/v0/siteverify`, {
      method: "POST",
      body,
      signal: AbortSignal.timeout(5_000),
    });
    const result = v.safeParse(Answer, await answer.json());
    return result.success ? result.output.success : true;
  } catch (error) {
    console.warn("Turnstile could not be reached.", error);
    return true;
  }
}
