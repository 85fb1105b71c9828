/** Which requests are a person who opens a page: no program, nothing fetched ahead, nobody who asked to be left out. */
import { isbot } from "isbot";

type Headers = Pick<Request["headers"], "get">;

/** Do Not Track and Global Privacy Control (https://w3c.github.io/gpc/): whoever sends either is not counted. */
export const asksToBeLeftOut = (headers: Headers): boolean =>
  headers.get("Sec-GPC") === "1" || headers.get("DNT") === "1";

/** Browsers, and Cloudflare's Speed Brain, say in one of three ways that nobody may ever look at what they fetch. */
export const isFetchedAhead = (headers: Headers): boolean =>
  ["Sec-Purpose", "Purpose", "X-Moz"].some((name) => {
    const purpose = headers.get(name);
    return purpose !== null && /prefetch|prerender|preview/i.test(purpose);
  });

/** Browsers say what they want a document for; programs and old browsers say nothing. */
export function isForAnotherUse(headers: Headers): boolean {
  const destination = headers.get("Sec-Fetch-Dest");
  return destination !== null && destination !== "document";
}

const maxVerdicts = 2000;
/** Browsers within apps say up to 500 characters of themselves. Whatever says more must not fill the memory either. */
const maxAgentLength = 1000;
/** Agent -> whether it is a program: isbot's list is one long pattern, and the agents of an hour are few. */
const verdicts = new Map<string, boolean>();

/** Known programs by isbot's list, which npm keeps up to date; and whoever does not say what it is, or says too much. */
export function isProgram(agent: string | null): boolean {
  if (agent === null || agent === "" || agent.length > maxAgentLength) return true;
  const known = verdicts.get(agent);
  if (known !== undefined) return known;
  const verdict = isbot(agent);
  if (verdicts.size >= maxVerdicts) verdicts.clear();
  verdicts.set(agent, verdict);
  return verdict;
}
