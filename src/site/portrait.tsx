/** Renders the picture of an author, cropped to the same shape on every page. */
import type { Profile } from "../library/manifest.ts";
import { href } from "../routes.ts";

interface PortraitProps {
  readonly picture: NonNullable<Profile["picture"]>;
  /** Empty where the author's name is next to it. */
  readonly alt: string;
}

export const Portrait = ({ picture: { hash, extension, width, height }, alt }: PortraitProps) => (
  <img class="portrait" src={href.media(hash, extension)} alt={alt} width={width} height={height} />
);
