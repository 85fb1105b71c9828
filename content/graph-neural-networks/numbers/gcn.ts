/**
 * Computes the numbers of "GCN": one product on the paw, repeated products, their eigenvalues, and the size of the
 * model.
 */

import { at } from "#figures/at.ts";
import { sum, transform } from "#figures/matrices.ts";
import { eigenpairs } from "../models/eigenpairs.ts";
import { paw } from "../models/graph.ts";
import {
  loopedDegrees,
  type Mixing,
  mixingMatrix,
  perRootDegree,
  propagate,
  symmetricSibling,
} from "../models/propagation.ts";

const x = [1, 2, 3, 4];
const spectrum = (mixing: Mixing): number[] => eigenpairs(symmetricSibling(paw, mixing)).map(({ value }) => value);

export const degree = loopedDegrees(paw);
export const Ahat = mixingMatrix(paw, "renormalised");
export const once = transform(Ahat, x);
export const rowSums = Ahat.map(sum);

/** The filter after three simplifications with θ = 1, before the renormalisation. */
export const cut = transform(mixingMatrix(paw, "single"), x);

const smoothed = propagate(Ahat, x, 16).map((signal) => perRootDegree(paw, signal));
export const after = { one: at(smoothed, 1), four: at(smoothed, 4), sixteen: at(smoothed, 16) };

export const eigenvalues = { single: spectrum("single"), renormalised: spectrum("renormalised") };
/** Growth of an eigenvector of eigenvalue 2 over ten layers. */
export const tenfold = 2 ** 10;

/** Terabytes for the eigenvectors of a million nodes at eight bytes per number. */
export const terabytes = (1e6 ** 2 * 8) / 1e12;

/** The Cora model (Kipf and Welling, section 5 and table 1). */
const cora = { papers: 2708, words: 1433, hidden: 16, classes: 7, labelledPerClass: 20 };
export const weights = cora.words * cora.hidden + cora.hidden * cora.classes;
const labelled = cora.classes * cora.labelledPerClass;
export const labels = { count: labelled, percent: (100 * labelled) / cora.papers };
