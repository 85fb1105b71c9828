/** Resolves references such as `[@fig:cup]` and `[@cooling#eq:law]` to what they refer to: its name, number and link. */
import type { Token } from "marked";
import type { Words } from "../../ui/words/words.ts";
import { advise } from "../source/suggest.ts";
import type { AnalysisDraft } from "./analysis-draft.ts";
import { boxOf, numberedBox } from "./boxes.ts";
import { described, kindOfLabel, labelKinds, type ResolvedReference, type Target, type Targets } from "./labels.ts";
import { setTypography } from "./typography.ts";

/** To be called when all targets of the text are known: a reference may precede its target. */
export function resolveReferences(draft: AnalysisDraft): void {
  for (const [token, reference] of draft.referenceTokens) {
    if (!isKnown(draft, token, reference.label)) continue;
    const resolved =
      reference.place === undefined
        ? resolveOwn(draft, token, reference.label)
        : resolveOther(draft, token, reference.place, reference.label);
    if (resolved) draft.references.set(token, resolved);
  }
}

/** Whether the prefix is known; reported otherwise. */
function isKnown(draft: AnalysisDraft, token: Token, label: string): boolean {
  const [prefix = ""] = label.split(":");
  if (kindOfLabel(label) !== undefined) return true;
  draft.report(token, `\`${prefix}:\` is not a kind of label.`, advise(prefix, labelKinds, "kinds"));
  return false;
}

function resolveOwn(draft: AnalysisDraft, token: Token, label: string): ResolvedReference | undefined {
  const target = draft.targets.get(label);
  if (target) return { to: { kind: "anchor", anchor: target.anchor }, text: nameOf(draft.surroundings.words, target) };
  draft.report(token, `This page has no ${describe(label)} \`${label}\`.`, adviseLabel(label, draft.targets, "labels"));
  return undefined;
}

function resolveOther(draft: AnalysisDraft, token: Token, place: string, label: string): ResolvedReference | undefined {
  const { surroundings } = draft;
  if (!surroundings.textAt) {
    draft.report(token, "This cannot refer to other texts.", "Write a link, `[…](chapter)`.");
    return undefined;
  }
  const link = surroundings.linkTo(place);
  if (link.kind !== "chapter") {
    if (link.kind === "broken") draft.report(token, link.message, link.fix);
    else
      draft.report(token, `\`${place}\` is not a chapter.`, "Write `[@chapter#eq:name]` or `[@book/chapter#eq:name]`.");
    return undefined;
  }
  const text = surroundings.textAt(link.path);
  if (text === "unknown") return undefined;
  const words = `with your own words: \`[…](${place})\``;
  if (text === "planned") {
    draft.report(token, `${link.path} is not written yet, so it has no numbers.`, `Link to it ${words}.`);
    return undefined;
  }
  const target = text.targets.get(label);
  if (!target) {
    draft.report(
      token,
      `${link.path} has no ${describe(label)} \`${label}\`.`,
      adviseLabel(label, text.targets, "labels there"),
    );
    return undefined;
  }
  if (text.isHidden) {
    const message = `This would show the title of ${link.path}, which is hidden until it is published.`;
    draft.report(token, message, `Link to it ${words.replace(")", `#${target.anchor})`)}.`);
    return undefined;
  }
  const name = nameOf(surroundings.words, target);
  const title = setTypography(text.title, "");
  return { to: { ...link, anchor: target.anchor }, text: surroundings.words.labels.elsewhere(name, title) };
}

/** `equation`, for a label with a known prefix. */
const describe = (label: string): string => described[kindOfLabel(label) ?? "eq"];

const adviseLabel = (label: string, targets: Targets, noun: string): string => {
  const kind = kindOfLabel(label) ?? "";
  const same = [...targets.keys()].filter((known) => known.startsWith(`${kind}:`));
  return advise(label, same.length > 0 ? same : [...targets.keys()], noun);
};

/** A target's kind and number, in the words of the library's language. */
function nameOf({ labels }: Words, { kind, name }: Target): string {
  if (kind === "sec") return labels.section(String(name));
  const number = Number(name);
  switch (kind) {
    case "eq":
      return labels.equation(number);
    case "fig":
      return labels.numbered(labels.figureWord, number);
    case "tbl":
      return labels.numbered(labels.table, number);
    case "lst":
      return labels.numbered(labels.listing, number);
    default:
      return numberedBox(labels, boxOf(kind) ?? "theorem", number);
  }
}
