/** Renders the responses to forms that are no longer valid. */
import type { DeskEnv } from "./desk-env.ts";
import { DeskPage } from "./desk-page.tsx";

export const Stale = ({ page, back }: { readonly page: DeskEnv["Variables"]; readonly back: string }) => (
  <DeskPage page={page} title={page.words.desk.forms.unchanged}>
    <p>{page.words.desk.forms.stale}</p>
    <p>
      <a href={back}>{page.words.desk.forms.reload}</a>
    </p>
  </DeskPage>
);

/** The question has been answered already, or its choices have changed. */
export const Overtaken = ({ page, back }: { readonly page: DeskEnv["Variables"]; readonly back: string }) => (
  <DeskPage page={page} title={page.words.desk.forms.unchanged}>
    <p>{page.words.desk.forms.overtaken}</p>
    <p>
      <a href={back}>{page.words.desk.forms.openQuestions}</a>
    </p>
  </DeskPage>
);
