/** Renders a desk action as a form: hidden fields, the CSRF token and one button. */
import type { Child } from "hono/jsx";
import type { DeskPageProps } from "./desk-page.tsx";
import { tokenField } from "./forms.ts";

interface ActFormProps {
  readonly page: DeskPageProps["page"];
  readonly action: string;
  /** Hidden fields. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Text of the button. */
  readonly label: string;
  readonly look?: "button" | "button button-warning" | "button button-quiet";
  /** Id of the element that names the form for screen readers. */
  readonly labelledBy?: string;
  /** Visible fields. */
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
