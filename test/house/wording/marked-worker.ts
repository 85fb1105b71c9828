/** The Worker of a world whose wording is marked. */
import { en } from "../../../src/ui/words/en.ts";
import worker from "../../world-worker.ts";
import { markWords } from "./marked-words.ts";

markWords(en);

export default worker;
