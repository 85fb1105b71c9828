/** Tests the progress line of a long-running command, in a terminal and in a log. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createWorkProgress } from "../../../src/cli/backup/work-progress.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance", "setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

const openScreen = (isTTY: boolean) => {
  const heard: string[] = [];
  const stream = { isTTY, write: (text: string) => heard.push(text) } as unknown as NodeJS.WriteStream;
  return { heard, stream };
};

test("an export that says nothing of itself is seen to go on, and the line is taken away after it", () => {
  const { heard, stream } = openScreen(true);
  const onProgress = createWorkProgress(stream);
  onProgress("Exporting database", 0, 1);
  expect(heard).toEqual([]);
  vi.advanceTimersByTime(600);
  expect(heard).toEqual(["\rExporting database …"]);
  onProgress("Exporting database", 1, 1);
  expect(heard.at(-1)).toBe(`\r${" ".repeat(20)}\r`);
  const before = heard.length;
  vi.advanceTimersByTime(60_000);
  expect(heard.length).toBe(before);
});

test("a log hears of each part, and not the same thing twice", () => {
  const { heard, stream } = openScreen(false);
  const onProgress = createWorkProgress(stream);
  onProgress("Exporting database", 0, 1);
  vi.advanceTimersByTime(60_000);
  onProgress("Exporting database", 1, 1);
  onProgress("Copying object", 1, 40);
  vi.advanceTimersByTime(1000);
  onProgress("Copying object", 20, 40);
  onProgress("Copying object", 40, 40);
  expect(heard).toEqual(["Exporting database …\n", "Copying object 1 of 40 (2 %)\n"]);
});
