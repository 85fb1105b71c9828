/**
 * Posting: a run claims batches for as long as their answers can take, notes that in the journal, posts them one
 * after the other, and writes down what came of each. The key of a batch is made of its id and generation, and
 * members change only together with the generation and only while nothing can have been sent: so every attempt
 * under one key has the same bytes, and the provider takes it once.
 */
import { sha256, toHex } from "../../library/hash.ts";
import { type Cost, sum } from "../call-budget.ts";
import type { Member } from "../edition.ts";
import type { SendContext } from "../send-context.ts";
import { cutTemplate, type Template, templateKey } from "../template.ts";
import { type Copy, encodeBatch } from "./batch-body.ts";
import { type Claimed, claim, claimCost, leaseMs, release } from "./claim.ts";
import { writeWatermark } from "./claim-watermark.ts";
import { type Next, outcomeCost, recordMissingMail, recordOutcome, worstOutcomeCost } from "./record-outcome.ts";
import { type DueBatch, refreshBatches, refreshCost } from "./refresh-batches.ts";

/** Two calls a second are allowed; half of a second each keeps under it, whoever else is calling. */
const paceMs = 500;
/** So long before the end of its lease a batch is posted at the latest: more than an answer is waited for. */
const lastPostMs = 90_000;
/** Batches in one claim: their members are one parameter, which may have two megabytes. */
const batchesPerClaim = 20;

/** What the end of a run takes, whatever it came to: the release of the rest, the close of what is done, and one repetition. */
export const endingCost: Cost = sum(worstOutcomeCost, { queries: 6, calls: 3 });
/** Of one batch: the call, and its outcome. */
export const postCost: Cost = sum({ queries: 0, calls: 1, work: 1 }, outcomeCost);
export const claimingCost: Cost = sum(refreshCost, claimCost);

/** How many batches can still be claimed and posted. */
export function affordable({ budget }: Pick<SendContext, "budget">): number {
  const costs = [claimingCost, endingCost];
  while (costs.length < batchesPerClaim + 2 && budget.fits(sum(...costs, postCost))) costs.push(postCost);
  return costs.length - 2;
}

export interface Posted {
  /** Batches that the provider took. */
  readonly accepted: number;
  readonly hasClaimed: boolean;
  readonly next: Next;
}

/** `wasOutOfQuota`: nothing was accepted since the day's quota was used up. */
export async function sendBatches(
  context: SendContext,
  due: readonly DueBatch[],
  wasOutOfQuota: boolean,
): Promise<Posted> {
  const refreshed = await refreshBatches(context, due, sum(claimCost, postCost, endingCost));
  if (refreshed.length === 0) return { accepted: 0, hasClaimed: false, next: "stop" };
  const { claimed, number } = await claim(context, refreshed);
  const left = [...claimed];
  let accepted = 0;
  let next: Next = "go on";
  try {
    if (left.length > 0) await writeWatermark(context, number);
    for (const batch of claimed) {
      if (next === "stop" || !canPost(context, batch)) break;
      if (batch.members.length > 0) context.budget.spendWork(1);
      const body = await bodyOf(context, batch.members);
      if (batch.members.length > 0 && body && accepted > 0) await context.pace(paceMs);
      left.shift();
      if (!body) next = await recordMissingMail(context, batch);
      else if (batch.members.length === 0)
        await recordOutcome(context, batch, { kind: "accepted", results: [] }, false);
      else {
        const outcome = await context.mailer.sendBatch(await keyOf(batch), body, batch.members.length);
        next = await recordOutcome(context, batch, outcome, wasOutOfQuota && accepted === 0);
        if (outcome.kind === "accepted") accepted += 1;
      }
    }
  } finally {
    // Whatever broke off: what was not posted is as it was.
    if (left.length > 0) await release(context, left);
  }
  return { accepted, hasClaimed: claimed.length > 0, next: left.length > 0 ? "stop" : next };
}

/** Within the budget, and long enough before others may take it over. */
function canPost({ budget, templates, now }: SendContext, { claimedAt, members }: Claimed): boolean {
  const unread = new Set(members.map(({ template }) => template).filter((template) => !templates.has(template)));
  const reading = { queries: 0, calls: unread.size };
  return budget.fits(sum(reading, postCost, endingCost)) && now() <= claimedAt + leaseMs - lastPostMs;
}

/** The bytes of the batch; `undefined` when a template cannot be had. */
async function bodyOf(context: SendContext, members: readonly Member[]): Promise<Uint8Array | undefined> {
  const copies: Copy[] = [];
  for (const member of members) {
    const template = await findTemplate(context, member.template);
    if (!template) return undefined;
    copies.push({ template, open: member });
  }
  return encodeBatch(copies);
}

async function findTemplate({ kv, templates }: SendContext, hash: string): Promise<Template | undefined> {
  const known = templates.get(hash);
  if (known) return known;
  const text = await kv.get(templateKey(hash));
  if (text === null) return undefined;
  const template = cutTemplate(text);
  templates.set(hash, template);
  return template;
}

/** Keys hold 256 characters at most. */
const keyOf = async ({ id, generation }: Claimed): Promise<string> => {
  const key = `${id}-${generation}`;
  return key.length <= 200 ? key : toHex(await sha256(key));
};
