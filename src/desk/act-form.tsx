/** A button of the desk that changes something: a form with its token. */
import type { Child } from "hono/jsx";
import type { DeskPageProps } from "./desk-page.tsx";
import { tokenField } from "./forms.ts";

interface ActFormProps {
  readonly page: DeskPageProps["page"];
  readonly action: string;
  /** Names and values that are sent along. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Words on the button. */
  readonly label: string;
  readonly look?: "button" | "button button-warning" | "button button-quiet";
  /** Id of what it is about: its name for those who hear the page. */
  readonly labelledBy?: string;
  /** Fields to fill in. */
  readonly children?: Child;
}

export const ActForm = ({ page, action, fields = {}, label, look = "button", labelledBy, children }: ActFormProps) =>
  page.formToken === undefined ? (
    <p class="form-note">
      {page.words.desk.forms.noKey((text) => (
        <code>{text}</code>
      ))}
    </p>
  ) : (
    <form class="act-form" method="post" action={action} aria-labelledby={labelledBy}>
      <input type="hidden" name={tokenField} value={page.formToken} />
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {children}
      <button class={look} type="submit">
        {label}
      </button>
    </form>
  );
