/** Describes the source of a backup, and how it differs from the target of a restore. */
import type { TargetNames } from "../wrangler/target.ts";
import type { Backup } from "./backup-folder.ts";

type Origin = NonNullable<Backup["from"]>;

/** The names that a backup records, apart from the Worker's. */
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

/** Lists every name that differs; a backup of an earlier version records only the place and the Worker. */
export function differencesFrom({ place, library, from }: Backup, names: TargetNames): Difference[] {
  const places = { local: "this machine", remote: "deployed" } as const;
  const pairs: readonly (readonly [string, string | undefined, string])[] = [
    ["library", places[place], places[names.target]],
    ["environment", from && (from.environment || "top level"), names.environment || "top level"],
    ["Worker", library, names.worker],
    ["database", from?.database, names.database],
    // Unknown if the login cannot see it; on this machine each environment has its own.
    ["KV namespace", from?.namespace || undefined, names.namespace],
    ["account", from?.account || undefined, names.account],
  ];
  return pairs.flatMap(([what, backup, now]) =>
    backup === undefined || now === "" || backup === now ? [] : [{ what, backup, target: now }],
  );
}
