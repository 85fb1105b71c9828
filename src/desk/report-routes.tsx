/** Serves the desk's reports, which only read. */
import { type Context, Hono } from "hono";
import * as v from "valibot";
import { batchReads } from "../db/batch-reads.ts";
import { openDatabase } from "../db/database.ts";
import type { Manifest } from "../library/manifest.ts";
import { quotaOf } from "../mail/quota.ts";
import { href } from "../routes.ts";
import { countSubscribers } from "../subscribers/subscriber-counts.ts";
import type { DeskEnv } from "./desk-env.ts";
import { countDeliveriesWithin, countUnsubscribes, listEditions } from "./editions/edition-queries.ts";
import { EditionsPage, editionsAtOnce, readersAtOnce } from "./editions/editions-page.tsx";
import { countClicksOf } from "./editions/mail-clicks.ts";
import { answersAtOnce, FeedbackPage } from "./feedback/feedback-page.tsx";
import { countFeedback, type FeedbackFilter, listFeedback } from "./feedback/feedback-queries.ts";
import { chaptersOf, editionTitle, textAt } from "./names.ts";
import { readOverview } from "./overview/overview.ts";
import { OverviewPage } from "./overview/overview-page.tsx";
import { dayOf, daysOf, lastDays, lastMonths, recentMonths } from "./period.ts";
import { findAnswer } from "./questions/chapter-questions.ts";
import { ChapterPage } from "./reading/chapter-page.tsx";
import { type Order, orders } from "./reading/chapter-table.tsx";
import { figuresByDay, figuresByPage } from "./reading/reading-figures.ts";
import { ReadingPage, type Span, spans } from "./reading/reading-page.tsx";
import { countByDay, countByPage, countPageByDay } from "./reading/reading-queries.ts";
import {
  countByBook,
  countChanges,
  countMessageOutcomes,
  listUnsubscribeReasons,
} from "./subscribers/subscriber-queries.ts";
import { SubscribersPage } from "./subscribers/subscribers-page.tsx";

const reasonsShown = 20;
const answersBeside = 5;

const Ordering = v.fallback(v.optional(v.picklist(orders)), undefined);
const SpanSetting = v.fallback(v.pipe(v.string(), v.transform(Number), v.picklist(spans)), 30);
const spanOf = (context: Context<DeskEnv>): Span => v.parse(SpanSetting, context.req.query("days"));

/** An invalid query is treated as no filter. */
const YesOrNo = v.pipe(
  v.picklist(["yes", "no"]),
  v.transform((word) => word === "yes"),
);
const Filter = v.object({
  page: v.optional(v.pipe(v.string(), v.nonEmpty())),
  clear: v.optional(YesOrNo),
  commented: v.optional(YesOrNo),
  open: v.optional(
    v.pipe(
      v.literal("yes"),
      v.transform(() => true),
    ),
  ),
});
/** Forms also submit empty fields. */
const given = (query: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ""));
const filterOf = (query: Readonly<Record<string, string>>): FeedbackFilter => {
  const filter = v.safeParse(Filter, given(query));
  return filter.success ? filter.output : {};
};

export function reportRoutes(): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>();
  routes.get(href.desk(), showOverview);
  routes.get(href.deskReading(), showReading);
  // An unknown chapter falls through to the desk's own 404 page.
  routes.get(`${href.deskReading()}/:book/:id?`, async (context, next) => {
    const { book, id = "" } = context.req.param();
    return (await showChapter(context, `${book}/${id}`)) ?? (await next());
  });
  routes.get(
    `${href.deskReading()}/:book/`,
    async (context, next) => (await showChapter(context, `${context.req.param("book")}/`)) ?? (await next()),
  );
  routes.get(href.deskSubscribers(), showSubscribers);
  routes.get(href.deskEditions(), showEditions);
  routes.get(href.deskFeedback(), showFeedback);
  return routes;
}

async function showOverview(context: Context<DeskEnv>) {
  const now = Date.now();
  const isOpen = context.var.newsletterOpen;
  const order: Order | undefined = v.parse(Ordering, context.req.query("sort"));
  const { manifest } = context.var.catalogue;
  const db = openDatabase(batchReads(context.env.DB));
  const answeredPlace = context.req.query("answered");
  const answered = answeredPlace === undefined ? undefined : await findAnswer(db, answeredPlace);
  const overview = await readOverview(db, {
    now,
    isOpen,
    quota: quotaOf(context.env),
    words: context.var.words,
    titleOf: (edition) => editionTitle(context.var, edition),
    chapterAt: (place) => textAt(manifest, place),
  });
  return context.html(
    <OverviewPage page={context.var} overview={overview} isOpen={isOpen} order={order} now={now} answered={answered} />,
  );
}

async function showReading(context: Context<DeskEnv>) {
  const now = Date.now();
  const db = openDatabase(batchReads(context.env.DB));
  const span = spanOf(context);
  const period = lastDays(dayOf(now), span);
  const [days, pages] = await Promise.all([countByDay(db, period), countByPage(db, period)]);
  return context.html(
    <ReadingPage
      page={context.var}
      span={span}
      days={figuresByDay(days, daysOf(period))}
      pages={figuresByPage(pages)}
      now={now}
    />,
  );
}

/** Undefined for a page that is neither in the release nor in the database. */
async function showChapter(context: Context<DeskEnv>, page: string) {
  const db = openDatabase(batchReads(context.env.DB));
  const span = spanOf(context);
  const period = lastDays(dayOf(Date.now()), span);
  const [days, counts, clarity, answers] = await Promise.all([
    countPageByDay(db, page, period),
    countByPage(db, period),
    countFeedback(db),
    listFeedback(db, { page }, answersBeside),
  ]);
  const pages = figuresByPage(counts);
  const known = chapterOf(context.var.catalogue.manifest, page);
  const own = clarity.find((each) => each.page === page);
  if (!known && !pages.has(page) && !own) return undefined;
  return context.html(
    <ChapterPage
      page={context.var}
      pageKey={page}
      chapter={known}
      span={span}
      days={figuresByDay(days, daysOf(period))}
      pages={pages}
      clarity={own}
      answers={answers}
    />,
  );
}

async function showSubscribers(context: Context<DeskEnv>) {
  const now = Date.now();
  const db = openDatabase(batchReads(context.env.DB));
  const today = dayOf(now);
  const [first = today] = lastMonths(today, recentMonths);
  const [subscribers, books, changes, reasons, messages] = await Promise.all([
    countSubscribers(db, now),
    countByBook(db),
    countChanges(db, { from: `${first}-01`, to: today }),
    listUnsubscribeReasons(db, reasonsShown),
    countMessageOutcomes(db),
  ]);
  return context.html(
    <SubscribersPage
      page={context.var}
      today={today}
      isOpen={context.var.newsletterOpen}
      subscribers={subscribers}
      books={books}
      changes={changes}
      reasons={reasons}
      messages={messages}
    />,
  );
}

async function showEditions(context: Context<DeskEnv>) {
  const db = openDatabase(batchReads(context.env.DB));
  const { opened, before } = context.req.query();
  const cursor = opened !== undefined && before !== undefined ? { openedAt: opened, id: before } : undefined;
  const found = await listEditions(db, editionsAtOnce + 1, cursor);
  const editions = found.slice(0, editionsAtOnce);
  const ids = editions.map(({ id }) => id);
  const [copies, unsubscribes, clicks] = await Promise.all([
    countDeliveriesWithin(db, ids, readersAtOnce),
    countUnsubscribes(db, ids),
    countClicksOf(db, editions, context.env.COUNT_MAIL_CLICKS === "yes"),
  ]);
  return context.html(
    <EditionsPage
      page={context.var}
      isOpen={context.var.newsletterOpen}
      editions={editions}
      copies={copies}
      unsubscribes={unsubscribes}
      clicks={clicks}
      hasMore={found.length > editionsAtOnce}
      isFirstPage={cursor === undefined}
      now={Date.now()}
    />,
  );
}

async function showFeedback(context: Context<DeskEnv>) {
  const db = openDatabase(batchReads(context.env.DB));
  const { at, after, comment, ...narrowed } = context.req.query();
  const filter = filterOf({ ...narrowed, ...(comment !== undefined && { commented: comment }) });
  const cursor = at !== undefined && after !== undefined ? { at, id: after } : undefined;
  const partOf = async (which: FeedbackFilter, from?: typeof cursor) => {
    const found = await listFeedback(db, which, answersAtOnce + 1, from);
    return { answers: found.slice(0, answersAtOnce), hasMore: found.length > answersAtOnce };
  };
  const [clarity, listed, silent] = await Promise.all([
    countFeedback(db),
    partOf({ ...filter, commented: filter.commented ?? true }, cursor),
    filter.commented === undefined && cursor === undefined ? partOf({ ...filter, commented: false }) : undefined,
  ]);
  return context.html(
    <FeedbackPage page={context.var} filter={filter} clarity={clarity} listed={listed} silent={silent} />,
  );
}

/** The chapter of the release with this page key. */
const chapterOf = (manifest: Manifest, page: string) =>
  manifest.books.flatMap((book) => chaptersOf(manifest, book)).find(({ key }) => key === page)?.chapter;
