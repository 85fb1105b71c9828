/** `npm run db:generate` writes the next migration from src/db/schema.ts and the view beside it. */
import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: ["./src/db/schema.ts", "./src/db/reading-view.ts"],
  out: "./migrations",
});
