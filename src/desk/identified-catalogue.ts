/** Gives the pages of the desk a catalogue with the recorded identities. */
import { createMiddleware } from "hono/factory";
import { openDatabase } from "../db/database.ts";
import type { IdentifyCatalogue } from "../editions/chapters/identified-catalogue.ts";
import type { DeskEnv } from "./desk-env.ts";
import { isOfDesk } from "./desk-paths.ts";

/** For pages that read nothing else, or that decide by what they have read what to read next. */
export const identifiedCatalogue = (identify: IdentifyCatalogue) =>
  createMiddleware<DeskEnv>(async (context, next) => {
    if (!isOfDesk(context.req.url)) return next();
    context.set("catalogue", await identify(openDatabase(context.env.DB), context.var.catalogue));
    return next();
  });
