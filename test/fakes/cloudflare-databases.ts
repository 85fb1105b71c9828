/** Fakes the part of Cloudflare's API for D1 databases: each is a real SQLite in memory, so migrations really run. */
import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import * as v from "valibot";
import { unstable_splitSqlQuery as splitStatements } from "wrangler";
import { type ApiAnswer, type ApiRequest, failure, type Routes, success } from "./cloudflare-exchange.ts";

interface Database {
  readonly uuid: string;
  readonly name: string;
  readonly sqlite: DatabaseSync;
}

export class Databases {
  /** Makes imports fail after their first half. */
  breaksImports = false;
  readonly #all: Database[] = [];
  /** Uploads for imports and downloads of exports are in a separate store, as at Cloudflare. */
  readonly #files = new Map<string, Buffer<ArrayBuffer>>();

  readonly routes: Routes = {
    "GET /d1/database": ({ query }) => success(Number(query.get("page") ?? 1) > 1 ? [] : this.#all.map(describe)),
    "POST /d1/database": (request) => {
      const { name } = v.parse(v.object({ name: v.string() }), request.json());
      if (this.#find(name)) return failure(400, 7502, "Database with that name already exists");
      return success(describe(this.create(name)));
    },
    "GET /d1/database/:database": ({ params }) => {
      const database = this.#find(params.database);
      return database ? success(describe(database)) : notFound(params.database);
    },
    "POST /d1/database/:database/export": (request) => this.#export(request),
    "POST /d1/database/:database/import": (request) => this.#import(request),
    "PUT /uploads/:file": ({ params, body }) => {
      this.#files.set(params.file ?? "", body);
      return { kind: "bytes", bytes: Buffer.alloc(0), etag: createHash("md5").update(body).digest("hex") };
    },
    "GET /uploads/:file": ({ params }) => ({
      kind: "bytes",
      bytes: this.#files.get(params.file ?? "") ?? Buffer.alloc(0),
    }),
    "POST /d1/database/:database/query": ({ params, json }) => {
      const database = this.#find(params.database);
      if (!database) return notFound(params.database);
      return run(database.sqlite, splitStatements(v.parse(v.object({ sql: v.string() }), json()).sql));
    },
  };

  idOf(name: string): string | undefined {
    return this.#find(name)?.uuid;
  }

  get names(): readonly string[] {
    return this.#all.map(({ name }) => name);
  }

  /** Creates an empty database without the API. */
  create(name: string): Database {
    const uuid = `00000000-0000-4000-8000-${String(this.#all.length + 1).padStart(12, "0")}`;
    const database = { uuid, name, sqlite: new DatabaseSync(":memory:") };
    this.#all.push(database);
    return database;
  }

  /** Names of a database's tables, without SQLite's internal ones. */
  tables(name: string): readonly string[] {
    const sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    return this.rows(name, sql).map((row) => String(row.name));
  }

  /** Rows of one statement, without the API. */
  rows(name: string, sql: string): readonly Record<string, unknown>[] {
    return this.#find(name)?.sqlite.prepare(sql).all() ?? [];
  }

  /** Runs statements without the API. */
  write(name: string, sql: string): void {
    this.#find(name)?.sqlite.exec(sql);
  }

  close(): void {
    for (const { sqlite } of this.#all) sqlite.close();
  }

  /** https://developers.cloudflare.com/api/resources/d1/subresources/database/methods/export/ */
  #export({ params, origin, json }: ApiRequest): ApiAnswer {
    const database = this.#find(params.database);
    if (!database) return notFound(params.database);
    const { current_bookmark: bookmark } = v.parse(v.object({ current_bookmark: v.optional(v.string()) }), json());
    const step = { success: true, at_bookmark: "1", messages: [] };
    if (bookmark === undefined) return success({ ...step, status: "active" });
    this.#files.set("export.sql", Buffer.from([...exportOf(database.sqlite)].join("\n")));
    return success({
      ...step,
      status: "complete",
      result: { filename: "export.sql", signed_url: `${origin}/uploads/export.sql` },
    });
  }

  /** https://developers.cloudflare.com/api/resources/d1/subresources/database/methods/import/ */
  #import({ params, origin, json }: ApiRequest): ApiAnswer {
    const database = this.#find(params.database);
    if (!database) return notFound(params.database);
    const { action } = v.parse(v.object({ action: v.string() }), json());
    const step = { success: true, at_bookmark: "1", messages: [] };
    if (action === "init")
      return success({ ...step, filename: "import.sql", upload_url: `${origin}/uploads/import.sql` });
    const statements = splitStatements(String(this.#files.get("import.sql") ?? ""));
    const most = this.breaksImports ? statements.length / 2 : statements.length;
    const answer = run(database.sqlite, statements.slice(0, most), this.breaksImports);
    if (answer.kind === "failure") return success({ ...step, status: "error", errors: [answer.message] });
    const meta = { duration: 1, rows_read: 0, rows_written: 0, size_after: 0 };
    return success({
      ...step,
      status: "complete",
      result: { num_queries: statements.length, final_bookmark: "2", meta },
    });
  }

  #find(identifier: string | undefined): Database | undefined {
    return this.#all.find(({ uuid, name }) => uuid === identifier || name === identifier);
  }
}

/** Several statements are one transaction, as in D1; each has its own result. */
function run(sqlite: DatabaseSync, statements: readonly string[], breaksOff = false): ApiAnswer {
  try {
    sqlite.exec("BEGIN");
    const outcomes = statements.map((statement) => outcome(sqlite.prepare(statement).all()));
    if (breaksOff) throw new Error("D1 DB storage operation exceeded timeout which caused object to be reset.");
    sqlite.exec("COMMIT");
    return success(outcomes);
  } catch (error) {
    if (sqlite.isTransaction) sqlite.exec("ROLLBACK");
    return failure(400, 7500, `${error instanceof Error ? error.message : String(error)}: SQLITE_ERROR`);
  }
}

/** In the format of a D1 export: tables with their rows, then sequences, then indexes. Line breaks are written as characters. */
function* exportOf(sqlite: DatabaseSync): Generator<string> {
  yield "PRAGMA defer_foreign_keys=TRUE;";
  const list = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name = 'sqlite_sequence', rowid";
  for (const { name, sql } of sqlite.prepare(list).all()) {
    yield name === "sqlite_sequence" ? "DELETE FROM sqlite_sequence;" : `${sql};`;
    for (const row of sqlite.prepare(`SELECT * FROM "${name}"`).all()) {
      const columns = Object.keys(row).map((column) => `"${column}"`);
      yield `INSERT INTO "${name}" (${columns.join()}) VALUES(${Object.values(row).map(exported).join()});`;
    }
  }
  const rest = "SELECT sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL";
  for (const { sql } of sqlite.prepare(rest).all()) yield `${sql};`;
}

function exported(value: unknown): string {
  if (typeof value !== "string") return value === null ? "NULL" : String(value);
  const quoted = `'${value.replaceAll("'", "''").replaceAll("\n", "\\n")}'`;
  return value.includes("\n") ? `replace(${quoted},'\\n',char(10))` : quoted;
}

const outcome = (results: unknown[]) => ({ results, success: true, meta: { duration: 0.1 } });
const describe = ({ uuid, name }: Database) => ({
  uuid,
  name,
  version: "production",
  created_at: "2026-03-01T12:00:00.000Z",
});
const notFound = (name = ""): ApiAnswer => failure(404, 7404, `The database ${name} could not be found`);
