/** Serves the desk's reports, which only read. */
import { type Context, Hono } from "hono";
import * as v from "valibot";
import { batchReads } from "../db/batch-reads.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { readerMessageStates } from "../db/reader-message-tables.ts";
import { spans } from "../db/reading-days.ts";
import type { IdentifyCatalogue } from "../editions/chapters/identified-catalogue.ts";
import type { Manifest } from "../library/manifest.ts";
import { quotaOf } from "../mail/quota.ts";
import { href } from "../routes.ts";
import { countSubscribers } from "../subscribers/subscriber-counts.ts";
import type { DeskEnv } from "./desk-env.ts";
import { countDeliveriesWithin, countUnsubscribes, isAmongLatest, listEditions } from "./editions/edition-queries.ts";
import { EditionsPage, editionsAtOnce, readersAtOnce } from "./editions/editions-page.tsx";
import { countClicksOf } from "./editions/mail-clicks.ts";
import { answersAtOnce, FeedbackPage } from "./feedback/feedback-page.tsx";
import { countFeedback, type FeedbackFilter, listFeedback } from "./feedback/feedback-queries.ts";
import { countMessages, listMessages } from "./messages/message-queries.ts";
import { MessagesPage, messagesAtOnce } from "./messages/messages-page.tsx";
import { chaptersOf, editionTitle, textAt } from "./names.ts";
import { readOverview } from "./overview/overview.ts";
import { OverviewPage } from "./overview/overview-page.tsx";
import { dayOf, daysOf, lastDays, lastMonths, recentMonths } from "./period.ts";
import { findAnswer } from "./questions/chapter-questions.ts";
import { ChapterPage } from "./reading/chapter-page.tsx";
import { type Order, orders } from "./reading/chapter-table.tsx";
import { figuresByDay, figuresByPage } from "./reading/reading-figures.ts";
import { ReadingPage, type Span } from "./reading/reading-page.tsx";
import { countByDay, countByPage, countPageByDay, listMissedWords } from "./reading/reading-queries.ts";
import {
  countByBook,
  countChanges,
  countMessageOutcomes,
  listUnsubscribeReasons,
} from "./subscribers/subscriber-queries.ts";
import { SubscribersPage } from "./subscribers/subscribers-page.tsx";

const reasonsShown = 20;
const answersBeside = 5;
const missedWordsShown = 10;

const Ordering = v.fallback(v.optional(v.picklist(orders)), undefined);
const MessageStateSetting = v.fallback(v.picklist(readerMessageStates), "open");
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

/** What a page is rendered with. */
type Page = DeskEnv["Variables"];

/** A page's queries, which are sent in the same call of D1 as the record that its catalogue needs. */
interface Reading {
  readonly context: Context<DeskEnv>;
  readonly db: Database;
  readonly page: Promise<Page>;
}

export function reportRoutes(identify: IdentifyCatalogue): Hono<DeskEnv> {
  const read = (context: Context<DeskEnv>): Reading => {
    const db = openDatabase(batchReads(context.env.DB));
    const page = identify(db, context.var.catalogue).then((catalogue) => ({ ...context.var, catalogue }));
    return { context, db, page };
  };
  const routes = new Hono<DeskEnv>();
  routes.get(href.desk(), (context) => showOverview(read(context)));
  routes.get(href.deskReading(), (context) => showReading(read(context)));
  // An unknown chapter falls through to the desk's own 404 page.
  routes.get(`${href.deskReading()}/:book/:id?`, async (context, next) => {
    const { book, id = "" } = context.req.param();
    return (await showChapter(read(context), `${book}/${id}`)) ?? (await next());
  });
  routes.get(
    `${href.deskReading()}/:book/`,
    async (context, next) => (await showChapter(read(context), `${context.req.param("book")}/`)) ?? (await next()),
  );
  routes.get(href.deskSubscribers(), (context) => showSubscribers(read(context)));
  routes.get(href.deskEditions(), (context) => showEditions(read(context)));
  routes.get(href.deskFeedback(), (context) => showFeedback(read(context)));
  routes.get(href.deskMessages(), (context) => showMessages(read(context)));
  return routes;
}

async function showOverview({ context, db, page: reading }: Reading) {
  const now = Date.now();
  const isOpen = context.var.newsletterOpen;
  const order: Order | undefined = v.parse(Ordering, context.req.query("sort"));
  const answeredPlace = context.req.query("answered");
  const [page, overview, answered] = await Promise.all([
    reading,
    readOverview(db, {
      now,
      isOpen,
      quota: quotaOf(context.env),
      words: context.var.words,
      names: reading.then((page) => ({
        titleOf: (edition) => editionTitle(page, edition),
        chapterAt: (place) => textAt(page.catalogue.manifest, place),
      })),
    }),
    answeredPlace === undefined ? undefined : findAnswer(db, answeredPlace),
  ]);
  return context.html(<OverviewPage {...{ page, overview, isOpen, order, now, answered }} />);
}

async function showReading({ context, db, page: reading }: Reading) {
  const now = Date.now();
  const span = spanOf(context);
  const period = lastDays(dayOf(now), span);
  const [page, days, counts, missed] = await Promise.all([
    reading,
    countByDay(db, period),
    countByPage(db, period),
    listMissedWords(db, lastMonths(period.to, 2), missedWordsShown),
  ]);
  return context.html(
    <ReadingPage
      page={page}
      span={span}
      days={figuresByDay(days, daysOf(period))}
      pages={figuresByPage(counts)}
      missed={missed}
      countsSearches={context.var.feedbackOpen}
      now={now}
    />,
  );
}

/** Undefined for a page that is neither in the release nor in the database. */
async function showChapter({ context, db, page: reading }: Reading, key: string) {
  const span = spanOf(context);
  const period = lastDays(dayOf(Date.now()), span);
  const [page, days, counts, clarity, answers] = await Promise.all([
    reading,
    countPageByDay(db, key, period),
    countByPage(db, period),
    countFeedback(db),
    listFeedback(db, { page: key }, answersBeside),
  ]);
  const pages = figuresByPage(counts);
  const known = chapterOf(page.catalogue.manifest, key);
  const own = clarity.find((each) => each.page === key);
  if (!known && !pages.has(key) && !own) return undefined;
  return context.html(
    <ChapterPage
      page={page}
      pageKey={key}
      chapter={known}
      span={span}
      days={figuresByDay(days, daysOf(period))}
      pages={pages}
      clarity={own}
      answers={answers}
    />,
  );
}

async function showSubscribers({ context, db, page: reading }: Reading) {
  const now = Date.now();
  const today = dayOf(now);
  const [first = today] = lastMonths(today, recentMonths);
  const [page, subscribers, books, changes, reasons, messages] = await Promise.all([
    reading,
    countSubscribers(db, now),
    countByBook(db),
    countChanges(db, { from: `${first}-01`, to: today }),
    listUnsubscribeReasons(db, reasonsShown),
    countMessageOutcomes(db),
  ]);
  const isOpen = context.var.newsletterOpen;
  return context.html(<SubscribersPage {...{ page, today, isOpen, subscribers, books, changes, reasons, messages }} />);
}

async function showEditions({ context, db, page: reading }: Reading) {
  const { opened, before } = context.req.query();
  const cursor = opened !== undefined && before !== undefined ? { openedAt: opened, id: before } : undefined;
  const shown = isAmongLatest(editionsAtOnce, cursor);
  const [page, found, copies, unsubscribes] = await Promise.all([
    reading,
    listEditions(db, editionsAtOnce + 1, cursor),
    countDeliveriesWithin(db, shown, readersAtOnce),
    countUnsubscribes(db, shown),
  ]);
  const editions = found.slice(0, editionsAtOnce);
  return context.html(
    <EditionsPage
      page={page}
      isOpen={context.var.newsletterOpen}
      editions={editions}
      copies={copies}
      unsubscribes={unsubscribes}
      clicks={await countClicksOf(db, editions, context.env.COUNT_MAIL_CLICKS === "yes")}
      hasMore={found.length > editionsAtOnce}
      isFirstPage={cursor === undefined}
      now={Date.now()}
    />,
  );
}

async function showFeedback({ context, db, page: reading }: Reading) {
  const { at, after, comment, ...narrowed } = context.req.query();
  const filter = filterOf({ ...narrowed, ...(comment !== undefined && { commented: comment }) });
  const cursor = at !== undefined && after !== undefined ? { at, id: after } : undefined;
  const partOf = async (which: FeedbackFilter, from?: typeof cursor) => {
    const found = await listFeedback(db, which, answersAtOnce + 1, from);
    return { answers: found.slice(0, answersAtOnce), hasMore: found.length > answersAtOnce };
  };
  const [page, clarity, listed, silent] = await Promise.all([
    reading,
    countFeedback(db),
    partOf({ ...filter, commented: filter.commented ?? true }, cursor),
    filter.commented === undefined && cursor === undefined ? partOf({ ...filter, commented: false }) : undefined,
  ]);
  return context.html(<FeedbackPage {...{ page, filter, clarity, listed, silent }} />);
}

async function showMessages({ context, db, page: reading }: Reading) {
  const { state: named, at, after } = context.req.query();
  const state = v.parse(MessageStateSetting, named);
  const cursor = at !== undefined && after !== undefined ? { at, id: after } : undefined;
  const [page, counts, found] = await Promise.all([
    reading,
    countMessages(db),
    listMessages(db, state, messagesAtOnce + 1, cursor),
  ]);
  const messages = found.slice(0, messagesAtOnce);
  const hasMore = found.length > messagesAtOnce;
  return context.html(<MessagesPage {...{ page, state, counts, messages, hasMore, now: Date.now() }} />);
}

/** The chapter of the release with this page key. */
const chapterOf = (manifest: Manifest, page: string) =>
  manifest.books.flatMap((book) => chaptersOf(manifest, book)).find(({ key }) => key === page)?.chapter;
