/** Runs the Worker of a world with marked wording. */
import { en } from "../../../src/ui/words/en.ts";
import worker from "../../world-worker.ts";
import { markWords } from "./marked-words.ts";

markWords(en);

export default worker;
