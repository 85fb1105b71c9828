/**
 * Serves an edition's page and the author's actions. GET shows what an action will do and changes nothing; POST
 * performs it.
 */
import { Hono } from "hono";
import * as v from "valibot";
import { openDatabase } from "../../db/database.ts";
import { describeDecision } from "../../editions/actions/decision-effects.ts";
import { type Action, actions, actOnEdition, dismissNotice } from "../../editions/actions/edition-actions.ts";
import { type EditionStatus, readEditionStatus } from "../../editions/actions/edition-status.ts";
import { answerQuestion } from "../../editions/chapters/chapter-questions.ts";
import { findOpenQuestions } from "../../editions/chapters/question-queries.ts";
import { href } from "../../routes.ts";
import type { DeskEnv } from "../desk-env.ts";
import { readDeskForm } from "../forms.ts";
import { Overtaken, Stale } from "../stale-page.tsx";
import { EditionPage, QuestionPage } from "./edition-page.tsx";

const ActionName = v.picklist(actions);

/** State of an edition after each action. The page confirms an action only if the edition is in that state. */
const stateAfter: Readonly<Record<Action, EditionStatus["state"]>> = {
  continue: "sending",
  skip: "done",
  stop: "stopped",
};

export function decisionRoutes(): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>();

  routes.get("/desk/editions/:edition", async (context, next) => {
    const now = Date.now();
    const edition = await readEditionStatus(openDatabase(context.env.DB), context.req.param("edition"), now);
    if (!edition) return next();
    const given = v.safeParse(ActionName, context.req.query("after"));
    const { done } = context.var.words.desk.decisions;
    const note = given.success && stateAfter[given.output] === edition.state ? done[given.output] : undefined;
    return context.html(<EditionPage page={context.var} {...{ edition, now, note }} />);
  });

  routes.on(["GET", "POST"], "/desk/editions/:edition/:action", async (context, next) => {
    const db = openDatabase(context.env.DB);
    const now = Date.now();
    const parsed = v.safeParse(ActionName, context.req.param("action"));
    const id = context.req.param("edition");
    const edition = parsed.success ? await readEditionStatus(db, id, now) : undefined;
    if (!parsed.success || !edition) return next();
    const action = parsed.output;
    const words = context.var.words.desk;
    const ask = (status: 200 | 403 | 409, about: EditionStatus, note?: string) => {
      const plan = describeDecision(action, about, words);
      return context.html(<QuestionPage page={context.var} edition={about} {...{ action, plan, note, now }} />, status);
    };
    if (context.req.method !== "POST") return ask(200, edition);
    const form = await readDeskForm(context);
    if (form.kind === "stale") return ask(403, edition, words.decisions.stale);
    const isDone = await actOnEdition(db, action, id, now);
    if (isDone) return context.redirect(`${href.deskEditions(id)}?after=${action}`, 303);
    return ask(409, (await readEditionStatus(db, id, now)) ?? edition, words.decisions.overtaken);
  });

  routes.post(href.deskNotices(), async (context) => {
    const form = await readDeskForm(context);
    if (form.kind === "stale") return context.html(<Stale page={context.var} back={href.desk()} />, 403);
    await dismissNotice(openDatabase(context.env.DB), form.field("id"), Date.now());
    return context.redirect(href.desk(), 303);
  });

  routes.post(href.deskQuestions(), async (context) => {
    const form = await readDeskForm(context);
    if (form.kind === "stale") return context.html(<Stale page={context.var} back={href.desk()} />, 403);
    const db = openDatabase(context.env.DB);
    const [place, answer] = [form.field("place"), form.field("answer")];
    const question = (await findOpenQuestions(db)).find((each) => each.place === place);
    const canBe = answer === "new" || question?.mayBe.some(({ id }) => id === answer) === true;
    const isDone = canBe && (await answerQuestion(db, place, answer, Date.now()));
    if (isDone) return context.redirect(`${href.desk()}?answered=${encodeURIComponent(place)}`, 303);
    return context.html(<Overtaken page={context.var} back={href.desk()} />, 409);
  });

  return routes;
}
