/** Seals and sends as much of the open editions as one run's budget allows, the oldest first. */

import { withoutParameters } from "../../db/database.ts";
import { AllowanceSpent, sum } from "../call-budget.ts";
import { batchSize, type Edition } from "../edition.ts";
import { raiseStuck } from "../notices.ts";
import type { SendContext } from "../send-context.ts";
import { dueBatches } from "./claim.ts";
import { sealCost, sealNext } from "./seal.ts";
import { affordable, claimingCost, endingCost, postCost, sendBatches } from "./send-batches.ts";

/**
 * What sealing must leave, so that at least one batch can be claimed and sent; due batches are queried once more before
 * that.
 */
const spare = sum({ queries: 1, calls: 1 }, claimingCost, postCost, endingCost);
export interface Sent {
  /** Batches that Resend accepted. */
  readonly accepted: number;
  /** The watermark was written. */
  readonly hasClaimed: boolean;
}

/** `holdReason`: why nothing was sent for a while; null once something has been accepted. */
export async function sendEditions(
  context: SendContext,
  editions: readonly Edition[],
  holdReason: string | null,
): Promise<Sent> {
  const wasOutOfQuota = holdReason?.includes("daily_quota_exceeded") ?? false;
  let open = editions;
  let accepted = 0;
  let hasClaimed = false;
  for (let left = Math.ceil(context.mailsPerRun / batchSize); left > 0 && open.length > 0; ) {
    const most = Math.min(left, affordable(context));
    if (most === 0) break;
    let due = await dueBatches(context, open, most);
    if (due.length < most) {
      const sealed = await sealMore(context, open, most - due.length);
      if (sealed !== open) due = await dueBatches(context, sealed, Math.min(most, affordable(context)));
      open = sealed;
    }
    const posted = await sendBatches(context, due, wasOutOfQuota && accepted === 0);
    accepted += posted.accepted;
    hasClaimed ||= posted.hasClaimed;
    if (posted.next === "stop") break;
    left -= most;
  }
  return { accepted, hasClaimed };
}

/** Seals up to this many more batches; returns the same list if none was sealed. An edition that fails delays no other. */
async function sealMore(
  context: SendContext,
  editions: readonly Edition[],
  wanted: number,
): Promise<readonly Edition[]> {
  let result = editions;
  let missing = wanted;
  for (let index = 0; index < result.length && missing > 0; ) {
    const edition = result[index];
    if (!edition || !context.budget.fits(sum(sealCost, spare))) break;
    if (edition.sealedAt !== null) {
      index += 1;
      continue;
    }
    const sealed = await trySeal(context, edition, Math.min(missing * batchSize, context.mailsPerRun));
    if (sealed) {
      result = result.with(index, sealed.edition);
      missing -= sealed.batches;
    } else index += 1;
  }
  return result;
}

async function trySeal(context: SendContext, edition: Edition, limit: number) {
  try {
    return await sealNext(context, edition, limit, spare);
  } catch (error) {
    if (error instanceof AllowanceSpent) throw error;
    console.error(`${edition.id} could not be sealed; the next run will retry.`, withoutParameters(error));
    await raiseStuck(context, edition.id, edition.openedAt, withoutParameters(error));
    return undefined;
  }
}
