/** Keeps what was read of this text, and where the reader is, and opens it there again; says if it has changed since it was read. */
import { pageIds } from "../../../library/page-ids.ts";
import { load } from "../load-module.ts";
import { blocksIn } from "../progress/blocks.ts";
import { changesSince } from "../progress/changes-since.ts";
import { indexOfPlace, joinHashes, placeAt, splitHashes } from "../progress/hashes.ts";
import { readDone, readReading, writeProgress, writeReading } from "../progress/kept-progress.ts";
import type { TextRecord } from "../progress/record.ts";
import { addVisit } from "../progress/visit.ts";
import type { Progress } from "../reading.ts";

/** Paths of the files, from the build. */
declare const SCRIPTS: { readonly changes: string };
declare const STYLES: { readonly changes: string };

/** While the page is open, the record is written after this time of reading at the latest. */
const intervalSeconds = 10;
/** Height of the masthead, and a little more: what is below it is what the reader reads. */
const topPx = 72;

const { id = "", minutes = "" } = document.body.dataset;
const body = document.querySelector(".body") ?? document.body;
const blocks = blocksIn(body);
const hashes = blocks.map(({ hash }) => hash);

/** Of this view, as far as it is in the record. */
let added: Progress = { seconds: 0, depth: 0 };
let hasUnseenChanges = false;

/** Returns what receives the progress of this view. */
export function start(): typeof keep {
  const record = readReading()[id];
  if (location.hash === `#${pageIds.continued}`) resume(record);
  if (record && readDone()[id] !== undefined) announceChanges(record);
  return keep;
}

function announceChanges({ blocks: stored = "", known }: TextRecord): void {
  const before = splitHashes(stored);
  const changes = before && changesSince(before, hashes);
  if (!changes || known === undefined) return;
  hasUnseenChanges = true;
  const onSeen = () => {
    hasUnseenChanges = false;
    const reading = readReading();
    const record = reading[id];
    if (record) writeReading({ ...reading, [id]: { ...record, blocks: joinHashes(hashes), known: Date.now() } });
  };
  load<typeof import("./changes.ts")>(SCRIPTS.changes, STYLES.changes).then(
    ({ showChanges }) => showChanges({ blocks: blocks.map(({ element }) => element), changes, known, onSeen }),
    // They are announced the next time.
    () => undefined,
  );
}

function keep(now: Progress, isLeaving: boolean): void {
  const isDue = now.depth > added.depth || now.seconds >= added.seconds + intervalSeconds;
  if (!isLeaving && !isDue) return;
  // Read and written at once: what another tab has stored meanwhile stays.
  const [reading, done] = [readReading(), readDone()];
  const at = Date.now();
  const { cloth } = document.documentElement.dataset;
  const { record, isRead } = addVisit(reading[id], {
    at,
    path: location.pathname,
    title: document.querySelector("h1")?.textContent?.trim().replace(/\s+/g, " ").slice(0, 300) || id,
    ...(cloth !== undefined && { cloth }),
    seconds: now.seconds - added.seconds,
    depth: now.depth,
    ...nextText(),
    place: placeAt(hashes, topBlock()),
    blocks: joinHashes(hashes),
    minutes: Number(minutes),
    hasUnseenChanges,
  });
  added = now;
  writeProgress({ ...reading, [id]: record }, isRead ? { [id]: at, ...done } : done);
}

/** The text that the row below this one leads to, unless it leads back to the book. */
function nextText(): Pick<TextRecord, "next"> {
  const link = document.querySelector<HTMLAnchorElement>(".neighbours .next");
  if (link?.hash !== "") return {};
  const path = link.pathname;
  const title = link.querySelector("b")?.textContent ?? "";
  return { next: { id: link.dataset.id ?? path.slice(1), path, title } };
}

/** Index of the block that the reader has in front: the first one that ends below the masthead. */
function topBlock(): number {
  const index = blocks.findIndex(({ element }) => element.getBoundingClientRect().bottom > topPx);
  return index === -1 ? blocks.length - 1 : index;
}

/** Opens the text where it was left. The way there is not in the URL, which may be shared. */
function resume(record: TextRecord | undefined): void {
  history.replaceState(history.state, "", location.pathname + location.search);
  const index = record?.place && indexOfPlace(hashes, record.place);
  const element = index ? blocks[index]?.element : undefined;
  if (!(element instanceof HTMLElement)) return;
  const show = () => scrollTo({ top: scrollY + element.getBoundingClientRect().top - topPx, behavior: "instant" });
  show();
  const reached = scrollY;
  // Where a browser does not keep the place when fonts arrive, it is found again.
  void document.fonts.ready.then(() => {
    if (Math.abs(scrollY - reached) < 2) show();
  });
  // The keyboard and screen readers continue there, too.
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
}
