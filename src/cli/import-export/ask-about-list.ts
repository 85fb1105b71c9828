/** Asks questions about a list that only the author can answer, each with the option that answers it. */
import { showInvisible } from "../../library/invisible.ts";
import { CommandError } from "../command-error.ts";
import { wrapped } from "../terminal.ts";
import { meanings } from "./column-answers.ts";
import type { Question } from "./read-columns.ts";

const maxSamples = 5;

/** `a`, `b` and 7 more */
export function quoted(samples: readonly string[], most = maxSamples): string {
  const shown = samples.slice(0, most).map((one) => `\`${showInvisible(one).replaceAll("`", "'").slice(0, 60)}\``);
  return `${shown.join(", ")}${samples.length > most ? ` and ${samples.length - most} more` : ""}`;
}

/** Throws a `CommandError` with all questions. */
export function askAboutColumns(file: string, questions: readonly Question[]): void {
  if (questions.length === 0) return;
  const asked = questions.map(({ column, samples, isText }) => {
    const first = showInvisible(samples[0] ?? "");
    return isText
      ? `The column \`${column}\` contains words for the end of a subscription: ${quoted(samples)}. If these people do not want email, use \`--column "${column}: ${first}=unsubscribed"\`; if the column does not say who wants email, use \`--column "${column}=ignore"\`.`
      : `The column \`${column}\` looks like a status, but its values are not known: ${quoted(samples)}. Give the meaning of each value with \`--column "${column}: ${first}=MEANING"\`, separated by commas; with \`--column "${column}=MEANING"\` if every non-empty cell means the same; or with \`--column "${column}=ignore"\` if the column does not say who wants email.`;
  });
  throw new CommandError(
    [
      `${file} was not imported: it may record unsubscribes in a form that is not recognised.`,
      ...asked,
      `A meaning is one of ${meanings
        .slice(1)
        .map((one) => `\`${one}\``)
        .join(", ")}.`,
    ]
      .map((text) => wrapped(text, ""))
      .join("\n\n"),
  );
}

const kindsOfFiles: readonly (readonly [string, RegExp])[] = [
  ["complained", /complain|spam|abuse|beschwerde|plainte/i],
  ["bounced", /bounce|cleaned|undeliver|invalid|unzustellbar/i],
  [
    "unsubscribed",
    /unsub|opt(ed)?[-_ ]?out|block(ed|list)|blacklist|suppress|do[-_ ]?not|abgemeldet|abmeld|ausgetragen|desabonn|désabonn|desinscri|disiscritt|uitgeschreven|afgemeld/i,
  ],
];

/**
 * Some services export unsubscribed contacts to a separate file, identified only by its name. Throws a `CommandError`
 * if the name suggests that.
 */
export function askAboutFile(file: string): void {
  const kind = kindsOfFiles.find(([, name]) => name.test(file))?.[0];
  if (kind === undefined) return;
  throw new CommandError(
    wrapped(
      `${file} was not imported: its name suggests that these people have ${kind}, but no column says so. If they have, add \`--everybody ${kind}\`; if they all want email, add \`--everybody subscribed\`.`,
      "",
    ),
  );
}
