/** Draws what can be drawn on a worker thread: the formulas of emails, and images for shared links. */
import { drawFormula, type FormulaPicture } from "../maths/formula-pictures.ts";
import { type DrawnShareImage, drawShareImage, type ShareImage } from "../share/share-image.ts";

export type Drawing =
  | { readonly kind: "formula"; readonly tex: string; readonly displayed: boolean }
  | { readonly kind: "share image"; readonly image: ShareImage };

export type Drawn<Kind extends Drawing["kind"]> = Kind extends "formula" ? readonly FormulaPicture[] : DrawnShareImage;

export const draw = (drawing: Drawing): Promise<Drawn<Drawing["kind"]>> =>
  drawing.kind === "formula" ? drawFormula(drawing.tex, drawing.displayed) : drawShareImage(drawing.image);
