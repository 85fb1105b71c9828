/** Reads and writes the record of what was read. */
import { readStored, writeStored } from "../stored.ts";
import { type Done, parseDone, parseReading, type Reading } from "./record.ts";

export const readReading = (): Reading => parseReading(readStored("reading"));
export const readDone = (): Done => parseDone(readStored("done"));

/** Stores both; false if the browser did not. */
export const writeProgress = (reading: Reading, done: Done): boolean =>
  writeReading(reading) && writeStored("done", unlessEmpty(done));

export const writeReading = (reading: Reading): boolean => writeStored("reading", unlessEmpty(reading));

const unlessEmpty = (object: object): object | undefined => (Object.keys(object).length === 0 ? undefined : object);
