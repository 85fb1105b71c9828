/** Makes an email of an edition public: without its footer, which has all that is personal, and without marks of clicks. */
import { style } from "./mail-style.ts";
import { inNewTabs } from "./shown-mail.ts";

/** Begins the cell of the footer in every version of layout.tsx. */
const footerCell = 'class="ml-rule ml-soft"';

/**
 * `template`: HTML with placeholders between NULs. `footer`: a sentence instead of the footer. Undefined if anything
 * personal would remain, so that an email of unknown structure is not shown rather than shown with a placeholder.
 */
export function archivedMail(template: string, footer: string): string | undefined {
  const cell = template.lastIndexOf(footerCell);
  const start = template.indexOf(">", cell) + 1;
  const end = template.indexOf("</td>", start);
  if (cell < 0 || start === 0 || end < 0) return undefined;
  const sentence = (
    <p class="ml-soft" style={style.footerParagraph}>
      {footer}
    </p>
  );
  const html = template.slice(0, start) + String(sentence) + template.slice(end);
  return html.includes("\0") ? undefined : inNewTabs(html.replace(clickMarks, "$1"));
}

/** As editions/sending/click-marks.ts writes them. */
const clickMarks = /(href="[^"?]*)\?from=newsletter(?=["#])/g;
