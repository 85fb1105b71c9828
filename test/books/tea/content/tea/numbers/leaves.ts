/** Numbers of "One Plant, Six Teas": how many there are, and how far apart two oolongs can be. */
import { teas } from "../models/oxidation.ts";

export const count = teas.length;

const oolong = teas.find(({ name }) => name === "oolong");

export const range = oolong ? [oolong.from, oolong.to] : [];
