/** Decides which requests count as a person opening a page: excludes bots, prefetches and opt-outs. */
import { isbot } from "isbot";
import type { Reader } from "./deduplicate.ts";

type Headers = Pick<Request["headers"], "get">;

/** Do Not Track or Global Privacy Control (https://w3c.github.io/gpc/). */
export const asksToBeLeftOut = (headers: Headers): boolean =>
  headers.get("Sec-GPC") === "1" || headers.get("DNT") === "1";

/**
 * Whether a page is prefetched and may never be shown. Browsers and Cloudflare's Speed Brain use one of three headers.
 */
export const isFetchedAhead = (headers: Headers): boolean =>
  ["Sec-Purpose", "Purpose", "X-Moz"].some((name) => {
    const purpose = headers.get(name);
    return purpose !== null && /prefetch|prerender|preview/i.test(purpose);
  });

/** Whether `Sec-Fetch-Dest` is not a document. Bots and old browsers do not send this header. */
export function isForAnotherUse(headers: Headers): boolean {
  const destination = headers.get("Sec-Fetch-Dest");
  return destination !== null && destination !== "document";
}

const maxVerdicts = 2000;
/** In-app browsers send up to 500 characters. Anything longer counts as a bot, so it cannot fill the cache below. */
const maxAgentLength = 1000;
/** User agent -> whether it is a bot. Cached, because isbot's pattern is long and an isolate sees few agents. */
const verdicts = new Map<string, boolean>();

/** Bots on isbot's list, which npm keeps up to date; also agents that are missing or too long. */
function isProgram(agent: string | null): boolean {
  if (agent === null || agent === "" || agent.length > maxAgentLength) return true;
  const known = verdicts.get(agent);
  if (known !== undefined) return known;
  const verdict = isbot(agent);
  if (verdicts.size >= maxVerdicts) verdicts.clear();
  verdicts.set(agent, verdict);
  return verdict;
}

/** Undefined for a bot. */
export function readerOf({ headers }: { readonly headers: Headers }): Reader | undefined {
  const agent = headers.get("User-Agent");
  if (agent === null || isProgram(agent)) return undefined;
  return { ip: headers.get("cf-connecting-ip") ?? undefined, agent };
}
