/** `npm run db:generate` writes the next migration from the tables and the view beside it. */
import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: ["./src/db/*-tables.ts", "./src/db/reading-view.ts"],
  out: "./migrations",
});
