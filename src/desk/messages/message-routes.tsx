/** Serves the forms that change the state of readers' messages and delete them. */
import { Hono } from "hono";
import * as v from "valibot";
import { openDatabase } from "../../db/database.ts";
import { readerMessageStates } from "../../db/reader-message-tables.ts";
import { href } from "../../routes.ts";
import type { DeskEnv } from "../desk-env.ts";
import { readDeskForm } from "../forms.ts";
import { Stale } from "../stale-page.tsx";
import { DeleteMessagePage } from "./delete-message-page.tsx";
import { deleteMessage, findMessage, markMessage } from "./message-queries.ts";

const State = v.picklist(readerMessageStates);

export function messageRoutes(): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>();

  routes.post(href.deskMessages(), async (context) => {
    const form = await readDeskForm(context);
    if (form.kind === "stale") return context.html(<Stale page={context.var} back={href.deskMessages()} />, 403);
    const db = openDatabase(context.env.DB);
    const state = v.safeParse(State, form.field("state"));
    const message = await findMessage(db, form.field("id"));
    if (!state.success || !message) return context.redirect(href.deskMessages(), 303);
    await markMessage(db, message.id, state.output, Date.now());
    // The list that it was in, so the author can go on with the next one.
    return context.redirect(href.deskMessages(message.state), 303);
  });

  // The confirmation is a separate page, which works without scripts.
  routes.get(href.deskDeleteMessage(":id"), async (context, next) => {
    const message = await findMessage(openDatabase(context.env.DB), context.req.param("id") ?? "");
    return message ? context.html(<DeleteMessagePage page={context.var} message={message} />) : next();
  });

  routes.post(href.deskDeleteMessage(":id"), async (context) => {
    const id = context.req.param("id") ?? "";
    const form = await readDeskForm(context);
    if (form.kind === "stale") return context.html(<Stale page={context.var} back={href.deskDeleteMessage(id)} />, 403);
    await deleteMessage(openDatabase(context.env.DB), id);
    return context.redirect(href.deskMessages(), 303);
  });

  return routes;
}
