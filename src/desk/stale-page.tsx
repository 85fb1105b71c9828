/** Answers to forms that cannot be used any more. */
import type { DeskEnv } from "./desk-env.ts";
import { DeskPage } from "./desk-page.tsx";

export const Stale = ({ page, back }: { readonly page: DeskEnv["Variables"]; readonly back: string }) => (
  <DeskPage page={page} title="Nothing was changed">
    <p>The page had expired or belonged to another session. Reload it and try again.</p>
    <p>
      <a href={back}>Reload the page</a>
    </p>
  </DeskPage>
);

/** Something else has given the answer, or made another one right. */
export const Overtaken = ({ page, back }: { readonly page: DeskEnv["Variables"]; readonly back: string }) => (
  <DeskPage page={page} title="Nothing was changed">
    <p>No answer was chosen, or the question has changed or been answered since this page was opened.</p>
    <p>
      <a href={back}>View open questions</a>
    </p>
  </DeskPage>
);
