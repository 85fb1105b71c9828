/** Describes the source of a backup, and how it differs from the target of a restore. */
import type { TargetNames } from "../wrangler/target.ts";
import type { Backup } from "./backup-folder.ts";

type Origin = NonNullable<Backup["from"]>;

/** The names that a backup records, besides that of the Worker. */
export const originOf = ({ environment, database, namespace, account }: TargetNames): Origin => ({
  environment,
  database,
  namespace,
  account,
});

export interface Difference {
  readonly what: string;
  readonly backup: string;
  readonly target: string;
}

/** Every name that is not the same; a backup of an earlier version has only the place and the Worker's. */
export function differencesFrom({ place, library, from }: Backup, names: TargetNames): Difference[] {
  const places = { local: "this machine", remote: "deployed" } as const;
  const pairs: readonly (readonly [string, string | undefined, string])[] = [
    ["library", places[place], places[names.target]],
    ["environment", from && (from.environment || "top level"), names.environment || "top level"],
    ["Worker", library, names.worker],
    ["database", from?.database, names.database],
    // Unknown where the login cannot see it; on this machine there is one for each environment.
    ["KV namespace", from?.namespace || undefined, names.namespace],
    ["account", from?.account || undefined, names.account],
  ];
  return pairs.flatMap(([what, backup, now]) =>
    backup === undefined || now === "" || backup === now ? [] : [{ what, backup, target: now }],
  );
}
