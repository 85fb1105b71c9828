/** `npm run db:generate` writes the next migration from src/db/schema.ts. */
import { defineConfig } from "drizzle-kit";

export default defineConfig({ dialect: "sqlite", schema: "./src/db/schema.ts", out: "./migrations" });
