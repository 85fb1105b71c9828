/**
 * `npm run newsletter -- setup --remote`: reports the current state and planned changes, applies them, and lists what
 * is left to do.
 */

import { CommandError } from "../command-error.ts";
import { Unreachable } from "../explain-failure.ts";
import type { Paint } from "../terminal.ts";
import { wrapped } from "../terminal.ts";
import { sectionName } from "../wrangler/bindings.ts";
import { quotaAdvice } from "./check-quota.ts";
import { showRecords } from "./dns-records.ts";
import { type Domain, keysPage } from "./resend-account.ts";
import { planSteps, type Step, type StepTools } from "./steps.ts";
import { type Survey, type Surveying, surveySetup } from "./survey.ts";
import { timeoutMinutes, type Waiting, waitForDomain } from "./wait-for-domain.ts";

export interface Setup extends Surveying, StepTools, Omit<Waiting, "tell"> {
  readonly waits: boolean;
  readonly tell: (text: string) => void;
  readonly paint: Paint;
  /** `unasked` without a terminal. */
  readonly confirm: (question: string) => Promise<"yes" | "no" | "unasked">;
  /** Recommended settings of [vars] that are not set. */
  readonly unset: readonly string[];
}

/** Returns whether everything requested is done. */
export async function setUpNewsletter(setup: Setup): Promise<boolean> {
  const { account, settings, tell, confirm } = setup;
  const survey = await surveySetup(setup);
  const steps = planSteps(survey, setup);
  tell(`The newsletter of ${settings.origin}, sent from ${settings.domain}\n`);
  const changes = steps.filter(({ change }) => change !== undefined);
  if (changes.length > 0) {
    tell(`${steps.map((step) => line("", step.what, futureOf(step))).join("\n")}\n`);
    const answer = await confirm(changes.length === 1 ? "Make this change?" : `Make these ${changes.length} changes?`);
    if (answer !== "yes") {
      tell(
        answer === "no"
          ? "Nothing was changed."
          : "Nothing was changed: there is no terminal to confirm in. To proceed, add `--yes`.",
      );
      return false;
    }
  }
  if (!(await carryOut(steps, setup))) return false;
  const domain = survey.domain ?? (await account.findDomain(settings.domain));
  if (!domain)
    throw new CommandError(`Resend does not list ${settings.domain} yet. Run this command again in a minute.`);
  const isVerified = await bringDomainIn(domain, setup);
  for (const note of [...notesOn(survey), ...(await quotaAdvice(account, settings))]) tell(`\n${wrapped(note, "")}`);
  tell(`\n${closing(isVerified, setup)}`);
  return isVerified || !setup.waits;
}

const line = (word: string, what: string, message: string): string => {
  const head = word === "" ? `  ${what.padEnd(23)}` : `${word.padEnd(13)}${what.padEnd(23)}`;
  return `${head}${wrapped(message, " ".repeat(head.length)).trimStart()}`;
};

const futureOf = ({ found, change }: Step): string => (change ? `${found}: will be ${change.will}` : found);

/** Stops at the first failure; the next run detects completed steps. */
async function carryOut(steps: readonly Step[], { tell, paint }: Setup): Promise<boolean> {
  for (const { what, word, found, change } of steps) {
    if (!change) {
      tell(line(word, what, found));
      continue;
    }
    try {
      tell(line(change.word, what, await change.run()));
    } catch (error) {
      if (!(error instanceof CommandError || error instanceof Unreachable)) throw error;
      tell(paint(line("failed", what, error.message.replace(/\s*\n\s*/g, " ")), "red"));
      tell(
        `\n${wrapped("The steps after this one were not run. Fix the problem, then run the command again: it skips what is already done.", "")}`,
      );
      return false;
    }
  }
  return true;
}

/** Makes Resend check the DNS records, and prints them until all are found. Returns whether the domain is verified. */
async function bringDomainIn(first: Domain, { account, settings, tell, waits, sleep, now }: Setup): Promise<boolean> {
  if (first.status === "verified") return true;
  await account.verifyDomain(first.id);
  const started = await account.readDomain(first.id);
  if (started.status === "verified") return true;
  tell(`\n${showRecords(started, settings)}`);
  if (!waits) return false;
  tell(
    `\nWaiting up to ${timeoutMinutes} minutes for Resend to find them. Press Ctrl+C to stop waiting; nothing is lost.`,
  );
  const domain = await waitForDomain(started, { account, tell, sleep, now });
  if (domain.status !== "verified") tell(`\n${showRecords(domain, settings)}`);
  return domain.status === "verified";
}

const notesOn = ({ twins, elsewhere }: Survey): string[] => [
  ...(twins > 0
    ? ["Resend has more than one webhook with this URL. Delete the extra ones at https://resend.com/webhooks."]
    : []),
  ...(elsewhere.length > 0
    ? [
        `Resend also has a webhook for ${elsewhere.join(", ")}. If that is an old URL of this library, delete the webhook at https://resend.com/webhooks.`,
      ]
    : []),
];

function closing(isVerified: boolean, { unset, settings }: Setup): string {
  const next = [
    ...(isVerified
      ? []
      : [
          "Add the DNS records above. `npm run newsletter -- setup --remote --wait` waits until Resend has found them.",
        ]),
    ...(unset.length > 0
      ? [`Set ${unset.join(" and ")} in ${sectionName("vars")} of wrangler.toml, and run \`npm run deploy\`.`]
      : []),
    `${isVerified ? "Delete" : "Afterwards, delete"} the key with full access at ${keysPage}, unless you need it again.`,
    "`npm run doctor -- --remote` checks everything.",
  ];
  const state = `Emails ${isVerified ? "can" : "cannot"} be sent from ${settings.domain}${isVerified ? "" : " yet"}.`;
  return [state, ...next.map((step) => wrapped(step, "  ").replace(/^ {2}/, "- "))].join("\n");
}
