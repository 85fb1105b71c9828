/** Reads what a preview shows of a chapter from the chapter's page, which is no view of it. */
import { cardWords } from "../../words/card-words.ts";
import { readDone } from "../progress/kept-progress.ts";

/** Path -> page. A failed request is repeated. */
const pages = new Map<string, Promise<Document | undefined>>();

/** Undefined if the page cannot be read. */
export async function chapterPreview({ pathname }: HTMLAnchorElement): Promise<Node[] | undefined> {
  const request = pages.get(pathname) ?? fetchPage(pathname);
  pages.set(pathname, request);
  const page = await request;
  if (!page) pages.delete(pathname);
  return page && contentOf(page);
}

async function fetchPage(path: string): Promise<Document | undefined> {
  try {
    const response = await fetch(path);
    return response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : undefined;
  } catch {
    return undefined;
  }
}

function contentOf(page: Document): Node[] | undefined {
  const title = page.querySelector(".text-header h1");
  if (!title) return undefined;
  const preview = document.createElement("div");
  const article = page.querySelector("article");
  preview.lang = article?.lang || page.documentElement.lang;
  preview.dir = article?.dir || page.documentElement.dir;
  preview.append(line("card-title", textOf(title)), line("card-excerpt", textOf(page.querySelector(".standfirst"))));
  const facts = [...page.querySelectorAll(".byline .minutes")].map((minutes) => document.importNode(minutes, true));
  if (readDone()[page.body.dataset.id ?? ""] !== undefined)
    facts.push(line("card-read", cardWords(document.documentElement.lang).read, "span"));
  if (facts.length === 0) return [preview];
  const last = line("card-facts", "");
  last.lang = document.documentElement.lang;
  for (const fact of facts) last.append(fact, " ");
  return [preview, last];
}

const textOf = (element: Element | null): string => element?.textContent?.trim().replace(/\s+/g, " ") ?? "";

function line(className: string, text: string, name = "p"): HTMLElement {
  return Object.assign(document.createElement(name), { className, textContent: text });
}
