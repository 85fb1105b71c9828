/** Configures `npm run db:generate`, which writes the next migration from the tables and the view in this folder. */
import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: ["./src/db/*-tables.ts", "./src/db/reading-view.ts"],
  out: "./migrations",
});
