/** Lists what needs attention, or says that nothing does. */
import type { Child } from "hono/jsx";
import { href } from "../../routes.ts";
import { ActForm } from "../act-form.tsx";
import type { DeskPageProps } from "../desk-page.tsx";
import type { Problem, Step } from "../problem.ts";
import { IdentifyForm } from "../questions/identify-form.tsx";

interface ProblemListProps {
  readonly page: DeskPageProps["page"];
  readonly problems: readonly Problem[];
  /** Shows commands for this machine, not for the deployed library. */
  readonly isLocal: boolean;
  readonly isOpen: boolean;
}

export const ProblemList = ({ page, problems, isLocal, isOpen }: ProblemListProps) => (
  <section class={problems.length > 0 ? "decisions" : "decisions is-empty"} aria-labelledby="decisions">
    <h2 id="decisions">
      {problems.length > 0 ? page.words.desk.overview.attention : page.words.desk.overview.noAttention}
    </h2>
    {problems.length > 0 ? (
      <ul>
        {problems.map(({ title, words, step }, index) => (
          <li>
            <h3 id={`decision-${index + 1}`}>{title}</h3>
            <p>{withCode(inPlace(words, isLocal))}</p>
            {step.kind !== "none" && (
              <div class="next-step">
                <NextStep page={page} step={step} isLocal={isLocal} labelledBy={`decision-${index + 1}`} />
              </div>
            )}
          </li>
        ))}
      </ul>
    ) : (
      <p>{isOpen ? page.words.desk.overview.normal : page.words.desk.overview.nothingToWatch}</p>
    )}
  </section>
);

function NextStep({
  page,
  step,
  isLocal,
  labelledBy,
}: Omit<ProblemListProps, "problems" | "isOpen"> & {
  readonly step: Exclude<Step, { kind: "none" }>;
  readonly labelledBy: string;
}) {
  if (step.kind === "settle") {
    const fields = { id: step.notice };
    return (
      <ActForm
        page={page}
        action={href.deskNotices()}
        fields={fields}
        label={page.words.desk.overview.dismiss}
        look="button button-quiet"
        labelledBy={labelledBy}
      />
    );
  }
  if (step.kind === "identify")
    return <IdentifyForm page={page} place={step.place} choices={step.choices} labelledBy={labelledBy} />;
  if (step.kind === "link") return <a href={step.href}>{step.words}</a>;
  // npm passes options on to a command only after ` -- `.
  const rest = isLocal || step.command === "deploy" ? "" : step.command.includes(" -- ") ? " --remote" : " -- --remote";
  return <code>{inOnePiece(`npm run ${step.command}${rest}`)}</code>;
}

/** Notices contain commands with `--remote`, which the local desk removes. */
const inPlace = (text: string, isLocal: boolean): string =>
  isLocal ? text.replaceAll(" -- --remote`", "`").replaceAll(" --remote`", "`") : text;

/** Renders text in backticks as code. */
const withCode = (text: string): Child[] =>
  text.split("`").map((part, index) => (index % 2 === 1 ? <code>{inOnePiece(part)}</code> : part));

/** Keeps `--remote` on one line: browsers break lines at hyphens. */
const inOnePiece = (command: string): Child[] =>
  command.split(/(--[a-z]*)/).map((part, index) => (index % 2 === 1 ? <span class="avoid-break">{part}</span> : part));
