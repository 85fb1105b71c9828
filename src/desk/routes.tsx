/** The author's pages over HTTP: behind the door, each at its own path, and nothing beside them. */
import { Hono } from "hono";
import { href } from "../routes.ts";
import type { DeskEnv } from "./desk-env.ts";
import { DeskPage } from "./desk-page.tsx";
import { isOfDesk } from "./desk-paths.ts";
import { deskDoor } from "./door.tsx";

/** Stands before everything that remembers pages or redirects spellings. */
export function deskRoutes(): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>();
  routes.use("*", deskDoor());

  // Here each part of the desk is mounted: routes.route("/", readingRoutes()).

  routes.use("*", (context, next) => {
    if (!isOfDesk(context.req.url)) return next();
    const title = "There is no such page";
    return Promise.resolve(
      context.html(
        <DeskPage house={context.var} title={title}>
          <p>
            <a href={href.desk()}>Back to the desk</a>
          </p>
        </DeskPage>,
        404,
      ),
    );
  });
  return routes;
}
