/**
 * Measures importing and exporting a list of subscribers in D1, by the code of `npm run subscribers`, against reading
 * and writing only its CSV.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { exportSubscribers } from "../../src/cli/import-export/export-list.ts";
import { importList } from "../../src/cli/import-export/import-list.ts";
import { applyMigrations } from "../world.ts";
import type { Order } from "./sections.ts";

interface ListCost {
  readonly what: "import" | "import again" | "export";
  readonly people: number;
  readonly seconds: number;
  /** Only the CSV: read for an import, written for an export. */
  readonly csvSeconds: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
}

/** The format that Mailchimp exports, with fewer columns. */
const mailchimpList = (people: number): string => {
  const rows = Array.from(
    { length: people },
    (_, index) =>
      `reader${index}@example.com,"Reader, No. ${index}",2,2019-03-01 08:00:00,192.0.2.1,2019-03-01 08:00:00,192.0.2.1,${index},"""Editors"""`,
  );
  return `Email Address,Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LEID,TAGS\n${rows.join("\n")}\n`;
};

async function measureLists(people: number): Promise<ListCost[]> {
  const home = mkdtempSync(join(tmpdir(), "library-lists-"));
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: "export default { fetch: () => new Response() }",
      compatibilityDate: "2026-10-01",
      resourcePersistencePath: home,
      d1Databases: ["DB"],
      cf: false,
    }),
  );
  try {
    const database = (await miniflare.getD1Database("DB")) as unknown as D1Database;
    await applyMigrations(database);
    let [rowsRead, rowsWritten] = [0, 0];
    const execute = async (statements: readonly string[]) => {
      const results = await database.batch(statements.map((statement) => database.prepare(statement)));
      for (const { meta } of results) {
        rowsRead += meta.rows_read;
        rowsWritten += meta.rows_written;
      }
      return results.map((result) => result.results);
    };
    const bytes = Buffer.from(mailchimpList(people));
    const takeIn = () =>
      importList(
        {
          target: "remote",
          execute,
          write: async (statements) => void (await execute(statements)),
          keyRing: { keys: [{ id: "k1", secret: "s".repeat(40) }], from: "the bench" },
          now: Date.parse("2026-03-01T12:00:00Z"),
          tell: () => undefined,
          confirm: async () => "yes",
          progress: () => ({ update: () => undefined, end: () => undefined }),
        },
        { path: "subscribed.csv", bytes, options: {} },
      );
    let text = "";
    const handOut = () => {
      const pieces: string[] = [];
      return exportSubscribers(execute, { put: (piece) => void pieces.push(piece), onProgress: () => undefined }).then(
        () => {
          text = pieces.join("");
        },
      );
    };
    const measured = async (what: ListCost["what"], work: () => Promise<unknown>, csv: () => unknown) => {
      [rowsRead, rowsWritten] = [0, 0];
      const seconds = await timed(work);
      const csvSeconds = await timed(async () => csv());
      return { what, people, seconds, csvSeconds, rowsRead, rowsWritten };
    };
    const costs = [await measured("import", takeIn, () => parse(bytes))];
    costs.push(await measured("import again", takeIn, () => parse(bytes)));
    costs.push(await measured("export", handOut, () => stringify(parse(text) as unknown as string[][])));
    return costs;
  } finally {
    await miniflare.dispose();
    rmSync(home, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** Measures importing and exporting for a section of results.md. */
export async function listsSection({ isQuick }: Order): Promise<string> {
  const costs = await measureLists(isQuick ? 1000 : 100_000);
  return `## Lists of subscribers

\`npm run subscribers\` with a list as Mailchimp exports it, on real D1 without the start of wrangler for each call; an import reads back what it wrote. Beside it what the CSV alone takes: parsed for an import, parsed and written for an export.

| what | people | seconds | the CSV alone | ratio | rows read each | rows written each |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${costs.map(listRow).join("\n")}`;
}

function listRow({ what, people, seconds, csvSeconds, rowsRead, rowsWritten }: ListCost): string {
  const cells = [
    what,
    people.toLocaleString("en"),
    seconds.toFixed(1),
    csvSeconds.toFixed(1),
    (seconds / csvSeconds).toFixed(1),
    (rowsRead / people).toFixed(2),
    (rowsWritten / people).toFixed(2),
  ];
  return `| ${cells.join(" | ")} |`;
}
