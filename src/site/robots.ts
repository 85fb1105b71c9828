/** Renders robots.txt: everything may be crawled. */
import { href } from "../routes.ts";

export const renderRobots = (origin: string): string =>
  `User-agent: *\nAllow: /\n\nSitemap: ${origin}${href.sitemap()}\n`;
