/** Announces what is new to the hub and to IndexNow, as part of the cron trigger. */
import { type Database, openDatabase, type Statement, transact, withoutParameters } from "../db/database.ts";
import type { Catalogue } from "../library/catalogue.ts";
import { type Announcements, feedsIn, fingerprintOf, pagesIn } from "./announcements.ts";
import {
  type Claim,
  claimOf,
  findFingerprints,
  findRows,
  isOpen,
  makeClaims,
  maxAttempts,
  recordFingerprint,
  recordSilently,
  type Service,
  settle,
} from "./ping-queries.ts";
import { type Failure, type Fetch, maxUrls, pingHub, submitUrls } from "./send-pings.ts";

export interface PingJob {
  readonly binding: D1Database;
  /** At the run's scheduled time. */
  readonly catalogue: Catalogue;
  readonly origin: string;
  /** If undefined, IndexNow is not used. */
  readonly indexNowKey: string | undefined;
  /** The run's scheduled time, in milliseconds since 1970. */
  readonly now: number;
  readonly fetch: Fetch;
}

/** Feeds of which the hub is notified in a run. */
const feedsPerRun = 5;

/** Paths that a line of the log names. */
const maxNamed = 5;

interface Cost {
  readonly queries: number;
  readonly calls: number;
}

/**
 * Cost of a run with nothing new, and the most that any run costs, for the budget that it shares with the newsletter: with
 * more queries, an edition could not be opened in the same run.
 */
const idleCost: Cost = { queries: 1, calls: 1 };
export const pingCost: Cost = { queries: 5, calls: 5 + feedsPerRun };

/** Returns the cost. Never throws: a failure is logged, and the next run continues. */
export async function runPings(job: PingJob): Promise<Cost | undefined> {
  const services = servicesOf(job);
  if (services.length === 0) return undefined;
  try {
    const db = openDatabase(job.binding);
    const fingerprint = await fingerprintOf(job.catalogue);
    const known = await findFingerprints(db);
    const changed = services.filter((service) => known.get(service) !== fingerprint);
    return changed.length === 0 ? idleCost : await announce(job, db, changed, { fingerprint, known });
  } catch (error) {
    console.error("The hub or IndexNow could not be notified; the next run will retry.", withoutParameters(error));
    return pingCost;
  }
}

/** None without HTTPS: nobody else could fetch the feeds of `npm start`. */
function servicesOf({ catalogue, origin, indexNowKey }: PingJob): Service[] {
  if (!origin.startsWith("https://")) return [];
  return [
    ...(catalogue.manifest.hub === undefined ? [] : ["hub" as const]),
    ...(indexNowKey === undefined ? [] : ["indexnow" as const]),
  ];
}

async function announce(
  job: PingJob,
  db: Database,
  services: readonly Service[],
  { fingerprint, known }: { readonly fingerprint: string; readonly known: ReadonlyMap<string, string> },
): Promise<Cost> {
  const rows = await findRows(db, services);
  const records: Statement[] = [];
  const claims: Claim[] = [];
  for (const [index, service] of services.entries()) {
    const wanted: Announcements = service === "hub" ? await feedsIn(job.catalogue) : pagesIn(job.catalogue);
    const had = rows[index] ?? new Map();
    if (!known.has(service)) records.push(recordSilently(service, wanted, fingerprint));
    else if (![...wanted].some(([subject, version]) => isOpen(had.get(subject), version)))
      records.push(recordFingerprint(service, fingerprint));
    else {
      const due = [...wanted].flatMap((each) => claimOf(service, each, had.get(each[0]), job.now) ?? []);
      claims.push(...due.slice(0, service === "hub" ? feedsPerRun : maxUrls));
    }
  }
  const queries = 1 + services.length;
  if (claims.length === 0) {
    if (records.length === 0) return { queries, calls: 2 };
    await transact(db, records);
    return { queries: queries + records.length, calls: 3 };
  }
  // Records of the other service can wait: in the run after a publication, the newsletter needs most of the budget.
  const made = await makeClaims(db, claims, job.now);
  await settle(db, await send(job, made));
  const feeds = made.filter(({ service }) => service === "hub").length;
  return { queries: queries + 2, calls: 4 + feeds + (made.length > feeds ? 1 : 0) };
}

/** Returns the claims that are settled: accepted, or failed for the last time. */
async function send(job: PingJob, claims: readonly Claim[]): Promise<Claim[]> {
  const { fetch, catalogue, origin, indexNowKey } = job;
  const { hub } = catalogue.manifest;
  const due = claims.filter(({ attempt }) => attempt <= maxAttempts);
  const feeds = due.filter(({ service }) => service === "hub");
  const pages = due.filter(({ service }) => service === "indexnow");
  const paths = pages.map(({ subject }) => subject);
  const settled = await Promise.all([
    ...feeds.map(async (claim) =>
      hub === undefined ? [claim] : settledOf([claim], await pingHub(fetch, hub, origin + claim.subject)),
    ),
    pages.length === 0 || indexNowKey === undefined
      ? pages
      : submitUrls(fetch, origin, indexNowKey, paths).then((failure) => settledOf(pages, failure)),
  ]);
  return [...claims.filter(({ attempt }) => attempt > maxAttempts), ...settled.flat()];
}

function settledOf(claims: readonly Claim[], failure: Failure): readonly Claim[] {
  if (failure === undefined) return claims;
  const last = claims.filter(({ attempt }) => attempt === maxAttempts);
  const next = last.length < claims.length ? "a later run will retry" : `given up after ${maxAttempts} attempts`;
  const what =
    claims[0]?.service === "hub" ? "The hub could not be notified of" : "IndexNow did not accept these new pages:";
  const subjects = claims.slice(0, maxNamed).map(({ subject }) => subject);
  const more = claims.length > maxNamed ? ` and ${claims.length - maxNamed} more` : "";
  console.error(`${what} ${subjects.join(", ")}${more} (${failure}); ${next}.`);
  return last;
}
