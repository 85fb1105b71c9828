/** The answer to a form that does not hold any more. */
import type { DeskEnv } from "./desk-env.ts";
import { DeskPage } from "./desk-page.tsx";

export const Stale = ({ house, back }: { readonly house: DeskEnv["Variables"]; readonly back: string }) => (
  <DeskPage house={house} title="Nothing was changed">
    <p>The page had been open for too long, or was not yours. Open it afresh, and try again.</p>
    <p>
      <a href={back}>Open it afresh</a>
    </p>
  </DeskPage>
);
