/** Decides which columns of a list give a subscription status: by name, by cells, and by the author's answers. */
import { type ColumnAnswer, wordKey } from "./column-answers.ts";
import { isOfNames, type Role, roleOf } from "./column-roles.ts";
import type { Standing } from "./entry.ts";
import { type DayOrder, dayOrderOf, parseMoment } from "./moments.ts";
import type { Row } from "./read-table.ts";
import { endingIn, isBlank, standingOf, truthOf } from "./status-words.ts";

export interface Column {
  readonly index: number;
  /** Name in the report. */
  readonly name: string;
  readonly role: Role;
  readonly order: DayOrder | undefined;
  readonly answer: ColumnAnswer | undefined;
  /** Has numbers above 1, so its numbers are codes, and 0 and 1 are not yes and no. */
  readonly hasCodes: boolean;
}

/** A column that may record unsubscribes, but needs the author's explanation. */
export interface Question {
  readonly column: string;
  readonly samples: readonly string[];
  /** A column of free text in which a sentence mentions the end of a subscription. */
  readonly isText: boolean;
}

export type CellSays = Standing | "unknown" | undefined;

/** `skipped`: columns with a known meaning. */
export function readColumns(
  names: readonly string[],
  rows: readonly Row[],
  answers: ReadonlyMap<number, ColumnAnswer>,
  skipped: ReadonlySet<number>,
): { readonly columns: readonly Column[]; readonly questions: readonly Question[] } {
  const width = Math.max(names.length, ...rows.slice(0, 1000).map(({ cells }) => cells.length));
  const columns: Column[] = [];
  const questions: Question[] = [];
  for (let index = 0; index < width; index += 1) {
    const answer = answers.get(index);
    if (answer?.kind === "ignore" || (skipped.has(index) && answer === undefined)) continue;
    const values = new Set(rows.map(({ cells }) => cells[index] ?? "").filter((cell) => !isBlank(cell)));
    const column = columnOf(index, names[index] ?? "", [...values], answer);
    const question = questionOf(column, [...values]);
    if (question !== undefined) questions.push(question);
    else if (values.size > 0) columns.push(column);
  }
  return { columns, questions };
}

function columnOf(index: number, name: string, values: readonly string[], answer: ColumnAnswer | undefined): Column {
  const order = dayOrderOf(values);
  const hasCodes = values.some((cell) => /^\s*\d+\s*$/.test(cell) && !/^\s*0*[01]\s*$/.test(cell));
  const shown = name.trim() === "" || /^\d+$/.test(name) ? `column ${index + 1}` : name.trim();
  const column = { index, name: shown, order, answer, hasCodes };
  const role = answer?.kind === "means" ? meant(answer.standing) : roleOf(name);
  return { ...column, role: answer?.kind === "means" ? role : byCells({ ...column, role }, values) };
}

const meant = (standing: Standing): Role => ({ kind: "end", standing, anyText: true, isTime: false });
const asState: Role = { kind: "state", no: "unsubscribed", isCalled: true };

/** Checks the role suggested by the name against the cells. */
function byCells(column: Column, values: readonly string[]): Role {
  const { role, answer, order } = column;
  const dates = values.filter((cell) => isDate(cell, order)).length;
  if (role.kind === "end") return role;
  if (role.kind === "agreed") return dates > 0 || values.some(isDateLike) ? role : { kind: "none" };
  // An answer about one sentence in a column of notes does not make the column a status.
  const isText = values.some((cell) => endingIn(cell) === "sentence");
  if (answer?.kind === "words" && !isText) return role.kind === "state" ? { ...role, isCalled: true } : asState;
  if (role.kind === "state") {
    // MailerLite's `Subscribed` contains dates.
    if (values.length > 0 && dates === values.length) {
      return role.isCalled && !/subscri|opt|abonn|suscri|iscri/i.test(column.name)
        ? { kind: "none" }
        : { kind: "agreed", rank: 2 };
    }
    if (role.isCalled || values.every((cell) => isUnderstood(says({ ...column, role }, cell)))) return role;
  }
  const known = values.filter((cell) => isUnderstood(standingOf(cell)));
  const isTelling = known.some((cell) => standingOf(cell) === "subscribed" || isUnderstood(endingIn(cell)));
  const isList = values.some((cell) => /[,;|]/.test(cell));
  const isState =
    known.length > 0 && (known.length === values.length || (isTelling && known.length * 2 >= values.length));
  return isState && !isList && !isOfNames(column.name) ? asState : { kind: "none" };
}

const isUnderstood = (meaning: CellSays | "sentence"): boolean =>
  meaning !== undefined && meaning !== "unknown" && meaning !== "sentence";

function questionOf(column: Column, values: readonly string[]): Question | undefined {
  const { name, role, answer } = column;
  if (role.kind === "none") {
    const samples = values.filter((cell) => endingIn(cell) === "sentence" && says(column, cell) === undefined);
    return samples.length > 0 ? { column: name, samples, isText: true } : undefined;
  }
  if (role.kind === "agreed" || answer?.kind === "words") return undefined;
  const unknown = values.filter((cell) => says(column, cell) === "unknown");
  // Numbers are counts or codes; only the author knows which ones mean unsubscribed.
  const isUnclear =
    unknown.length > 0 && (unknown.length === values.length || unknown.some((cell) => /^[\s\d.]+$/.test(cell)));
  return isUnclear ? { column: name, samples: unknown, isText: false } : undefined;
}

const isDateLike = (cell: string): boolean => /^[\p{L}\p{N} .,:/+()-]{6,60}$/u.test(cell) && /\d/.test(cell);

/** Ambiguous dates count, too. */
export const isDate = (cell: string, order: DayOrder | undefined): boolean =>
  parseMoment(cell, order ?? "day first") !== null || parseMoment(cell, "month first") !== null;

/** The status given by one cell; undefined if it gives none. */
export function says(column: Column, cell: string): CellSays {
  const { role, answer } = column;
  const answered = answer?.kind === "words" ? answer.standings.get(wordKey(cell)) : undefined;
  if (answered !== undefined) return answered;
  if (isBlank(cell) || /^\s*(https?:|mailto:)/i.test(cell)) return undefined;
  const truth = column.hasCodes && /^\s*\d+\s*$/.test(cell) ? undefined : truthOf(cell);
  switch (role.kind) {
    case "state":
      if (truth !== undefined) return truth ? "subscribed" : role.no;
      return isDate(cell, column.order) ? undefined : standingOf(cell);
    case "end":
      return truth === false || /^\s*0+([.,]0+)?\s*$/.test(cell) ? undefined : endSays(role, cell, truth, column.order);
    case "none": {
      const ending = isOfNames(column.name) ? undefined : endingIn(cell);
      return ending === "sentence" ? undefined : ending;
    }
    case "agreed":
      return undefined;
  }
}

const kindsOfBounce = /^\s*(hard|soft|permanent|temporary|transient|general|mail ?box full|[45][.\d]{2,6}( .*)?)\s*$/i;
const everything = /^\s*(e-?mails?|all|all e-?mails?|everything|alle|alles|tout|todo|tutto|marketing)\s*$/i;

function endSays(
  { standing, anyText }: Extract<Role, { kind: "end" }>,
  cell: string,
  truth: boolean | undefined,
  order: DayOrder | undefined,
): CellSays {
  if (truth === true || isDate(cell, order)) return standing;
  const word = standingOf(cell);
  if (word === "subscribed") return undefined;
  if (word !== "unknown" && word !== undefined) return word === "unconfirmed" && anyText ? standing : word;
  const isPlain = standing === "bounced" ? kindsOfBounce.test(cell) : everything.test(cell);
  return anyText || isPlain ? standing : "unknown";
}
