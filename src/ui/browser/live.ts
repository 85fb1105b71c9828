/**
 * On the author's own machine: reloads a page that has changed, and shows mistakes in content/. Polls a few times per
 * second.
 */
import { showProblems } from "./problem-overlay.ts";

const intervalMs = 300;
/** Of `npm start`: href.problems of src/routes.ts. */
const problemsPath = "/preview/problems";
let shown: string | null | undefined;

async function look(): Promise<void> {
  try {
    const response = await fetch(location.pathname, { method: "HEAD", cache: "no-store" });
    // While an error is being fixed, there may be no page: the last good one stays.
    const etag = response.ok ? response.headers.get("ETag") : undefined;
    if (etag && shown && etag !== shown) location.reload();
    if (etag) shown = etag;
    const problems = await fetch(problemsPath, { cache: "no-store" });
    if (problems.status === 200) showProblems(await problems.text());
  } catch {
    // The Worker is being restarted.
  }
  setTimeout(look, intervalMs);
}

void look();
