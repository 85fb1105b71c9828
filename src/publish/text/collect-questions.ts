/** Collects the questions of a text, for what shows them elsewhere. */
import type { CompiledQuestion } from "../../library/objects.ts";
import { renderAsked } from "../renderers/question-renderer.ts";
import type { Span } from "../source/source-file.ts";
import type { ParsedText } from "./parse-text.ts";
import type { TextImages } from "./text-images.ts";
import type { TextJob } from "./text-job.ts";

export interface CollectedQuestion {
  readonly page: CompiledQuestion;
  /** For Anki. */
  readonly card: CompiledQuestion;
  /** In the file that the author wrote. */
  readonly span: Span;
}

export const collectQuestions = (
  { analysis, source: { file, data } }: ParsedText,
  { words, path }: TextJob,
  images: TextImages,
): CollectedQuestion[] =>
  renderAsked({
    analysis,
    words,
    path,
    references: data.references,
    renderPicture: { onPage: images.asFile, onCard: images.inFeed },
  }).map(({ token, page, card }) => ({
    page,
    card,
    span: file.origin(analysis.positions.get(token) ?? { offset: 0, length: 1 }).span,
  }));
