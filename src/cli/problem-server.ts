/**
 * Serves the current problems in content/ as JSON on this machine, for `npm start`: its Worker forwards them to the open
 * pages, which show them over the text.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Problem } from "../publish/source/problem.ts";

export interface ProblemServer {
  readonly url: string;
  /** Replaces the list; empty if content/ compiles. */
  show(problems: readonly Problem[]): void;
  close(): void;
}

export async function openProblemServer(): Promise<ProblemServer> {
  let current: readonly Problem[] = [];
  const server = createServer((_, response) => {
    response.setHeader("Content-Type", "application/json").end(JSON.stringify(current));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    show(problems) {
      current = problems;
    },
    close: () => server.close(),
  };
}
