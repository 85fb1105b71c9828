/** Imports a list from another service, in which a reader of the town is unsubscribed or bounced. */
import { importList } from "../../../src/cli/import-export/import-list.ts";
import { signingKeys } from "../newsletter-world.ts";
import type { Reader } from "./readers.ts";
import type { Town } from "./town.ts";

/** Makes the reader an imported subscriber, then imports an older list in which they are unsubscribed or bounced. */
export async function isOutElsewhere(town: Town, reader: Reader, state: "unsubscribed" | "bounced"): Promise<void> {
  // Deletes the consent given through the form, which would outweigh the list.
  town.d1.query("DELETE FROM consents WHERE subscriber_id = ?", reader.id);
  town.d1.query(
    "INSERT INTO consents (subscriber_id, at, act, page, wording) VALUES (?, ?, 'confirmed', 'import:list', 'On paper')",
    reader.id,
    reader.confirmedAt,
  );
  if (town.readers.stateOf(reader) === "confirmed") town.readers.noteAway(reader);
  const execute = async (statements: readonly string[]) => statements.map((statement) => town.d1.query(statement));
  await importList(
    {
      target: "local",
      execute,
      write: async (statements) => void (await execute(statements)),
      keyRing: { keys: signingKeys, from: "the town" },
      now: town.now(),
      tell: () => undefined,
      confirm: async () => "yes",
      progress: () => ({ update: () => undefined, end: () => undefined }),
    },
    {
      path: "left.csv",
      bytes: Buffer.from(`email,status,unsubscribed_at\n${reader.id}@example.org,${state},2020-01-01\n`),
      options: {},
    },
  );
}
