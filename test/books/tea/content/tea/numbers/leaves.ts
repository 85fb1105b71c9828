/** Computes the numbers of "One Plant, Six Teas": the number of teas, and the range of oxidation of oolong. */
import { teas } from "../models/oxidation.ts";

export const count = teas.length;

const oolong = teas.find(({ name }) => name === "oolong");

export const range = oolong ? [oolong.from, oolong.to] : [];
