import { text } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { LatenessKind } from "../../operators/acknowledgements/model.ts";
import type { Figures, ViolationRule } from "./model.ts";

/** What a violation is of, in words: what its rule proves, or what an officer said. */
export const explain = (locale: Locale, { rule, figures, grounds }: { rule: ViolationRule; figures: Figures; grounds: string | null }): string =>
  // Each rule's figures are those its message names: the rules' tests say every one.
  grounds ?? text(locale, `violation.of-${rule}` as "violation.of-canary-accepted", ...([wordsFor(locale, figures)] as unknown as [{ canary: string; meetings: number }]));

/** What was not acknowledged is called something in every language. */
const wordsFor = (locale: Locale, figures: Figures): Figures =>
  typeof figures.kind === "string" ? { ...figures, kind: text(locale, `late.${figures.kind as Exclude<LatenessKind, "received">}`) } : figures;
