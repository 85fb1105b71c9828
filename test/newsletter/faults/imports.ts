/** The author imports the list of another service, on which a reader of the town has left or bounced. */
import { importList } from "../../../src/cli/import-export/import-list.ts";
import { signingKeys } from "../newsletter-world.ts";
import type { Reader } from "./readers.ts";
import type { Town } from "./town.ts";

/** The reader came with an import, too, years after they were out there. */
export async function isOutElsewhere(town: Town, reader: Reader, state: "unsubscribed" | "bounced"): Promise<void> {
  // Not by the form, which would be their own word.
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
