/** Answers to forms that cannot be used any more. */
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

/** Something else has given the answer, or made another one right. */
export const Overtaken = ({ page, back }: { readonly page: DeskEnv["Variables"]; readonly back: string }) => (
  <DeskPage page={page} title={page.words.desk.forms.unchanged}>
    <p>{page.words.desk.forms.overtaken}</p>
    <p>
      <a href={back}>{page.words.desk.forms.openQuestions}</a>
    </p>
  </DeskPage>
);
