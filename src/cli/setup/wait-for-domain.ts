/** Waits until Resend has found the DNS records of a domain, and reports progress. */
import type { Domain, ResendAccount } from "./resend-account.ts";

export interface Waiting {
  readonly account: ResendAccount;
  readonly tell: (line: string) => void;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** DNS changes take minutes, sometimes hours. */
export const timeoutMinutes = 60;
const firstPauseMs = 5_000;
const maxPauseMs = 30_000;

/** Returns the domain once it is verified or the time is up. */
export async function waitForDomain(first: Domain, { account, tell, sleep, now }: Waiting): Promise<Domain> {
  const until = now() + timeoutMinutes * 60_000;
  let domain = first;
  let lastState = "";
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, maxPauseMs)) {
    if (domain.status === "verified" || now() >= until) return domain;
    const state = stateOf(domain);
    if (state !== lastState) tell(`${new Date(now()).toISOString().slice(11, 16)} UTC  ${state}`);
    lastState = state;
    await sleep(pauseMs);
    // Resend stops looking for records that are missing for long.
    if (/failed/.test(domain.status)) await account.verifyDomain(domain.id);
    domain = await account.readDomain(domain.id);
  }
}

/** `SPF verified, SPF pending, DKIM pending`. */
function stateOf({ records }: Domain): string {
  const needed = records.filter(({ record }) => record === "SPF" || record === "DKIM");
  return `Waiting for DNS: ${needed.map(({ record, type, status }) => `${record} ${type} ${status.replaceAll("_", " ")}`).join(", ")}`;
}
