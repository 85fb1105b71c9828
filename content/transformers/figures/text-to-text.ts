/** Draws four tasks and the pre-training of T5 as text into one model and text out of it. */

import { arrow, drawing, formula, group, label, line, rectangle } from "#figures/drawing.ts";

interface Task {
  /** The type of output that a task-specific model would have. */
  readonly name: string;
  /** Lines of input; the first begins with the prefix, in bold. */
  readonly prefix: string;
  readonly question: readonly string[];
  readonly answer: readonly string[];
}

/** The first four are from figure 1 of the paper (Raffel et al., arXiv:1910.10683), with CoLA's label. */
const tasks: readonly Task[] = [
  {
    name: "a sentence",
    prefix: "translate English to German:",
    question: ["That is good."],
    answer: ["Das ist gut."],
  },
  {
    name: "one of two classes",
    prefix: "cola sentence:",
    question: ["The course is jumping well."],
    answer: ["unacceptable"],
  },
  {
    name: "a number from 1 to 5",
    prefix: "stsb sentence1:",
    question: ["The rhino grazed on the grass.", "sentence2: A rhino is grazing", "in a field."],
    answer: ["3.8"],
  },
  {
    name: "a summary",
    prefix: "summarize:",
    question: ["state authorities dispatched", "emergency crews tuesday to", "survey the damage …"],
    answer: ["six people", "hospitalized after", "a storm in attala", "county."],
  },
];

const [questionX, boxX, answerX] = [4, 203, 282] as const;
const boxWidth = 50;
const tops = [24, 86, 148, 238, 344] as const;
const pitch = 17;

export const figure = (): string =>
  drawing(
    400,
    406,
    label(questionX, 12, "text in", { class: "small soft" }),
    label(answerX, 12, "text out", { class: "small soft" }),
    rectangle(boxX, 4, boxWidth, 398, { rx: 6, class: "box" }),
    ...tasks.map((task, index) => drawTask(task, tops[index] ?? 0)),
    line(questionX, 332, boxX - 10, 332, { class: "rule" }),
    line(boxX + boxWidth + 10, 332, 396, 332, { class: "rule" }),
    drawPretraining(tops[4]),
    label(boxX + boxWidth / 2, 212, "T5", { class: "middle strong" }),
  );

function drawTask({ prefix, question, answer, name }: Task, top: number): string {
  const middle = top + ((question.length + 1) * pitch) / 2;
  const first = middle - (answer.length * pitch) / 2;
  return group(
    {},
    label(questionX, top + 13, prefix, { class: "strong ink-query" }),
    ...question.map((words, row) => label(questionX, top + 13 + (row + 1) * pitch, words)),
    arrow(boxX - 16, middle, boxX, middle),
    arrow(boxX + boxWidth, middle, boxX + boxWidth + 24, middle),
    ...answer.map((words, row) => label(answerX, first + 13 + row * pitch, words, { class: "ink-value" })),
    label(answerX, first + 13 + answer.length * pitch, name, { class: "small soft" }),
  );
}

/** The example of the interactive figure. */
function drawPretraining(top: number): string {
  const middle = top + 1.5 * pitch;
  return group(
    {},
    label(questionX, top + 13, "and plain text", { class: "small soft" }),
    label(questionX, top + 13 + pitch, "the cat"),
    sentinel(57, top + 13 + pitch),
    label(70, top + 13 + pitch, "because it was"),
    label(questionX, top + 13 + 2 * pitch, "hungry and then …"),
    arrow(boxX - 16, middle, boxX, middle),
    arrow(boxX + boxWidth, middle, boxX + boxWidth + 24, middle),
    sentinel(answerX + 8, middle + 4),
    label(answerX + 22, middle + 4, "ate the mouse", { class: "ink-value" }),
  );
}

const sentinel = (x: number, y: number): string =>
  group({}, rectangle(x - 9, y - 13, 18, 17, { rx: 8.5, class: "box" }), formula(x, y, "1", { class: "middle small" }));
