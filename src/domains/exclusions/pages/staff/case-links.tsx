import { translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import type { ExclusionLook } from "../../desk/model.ts";
import { Code } from "./words.tsx";

export const CaseLink = ({ reference }: { reference: string }) => <a href={`/staff/cases/${reference}`}><Code>{reference}</Code></a>;

/** The cases about an exclusion, and where one is filed. */
export function CasesAbout({ locale, exclusion: { caseReference, cases } }: { locale: Locale; exclusion: Pick<ExclusionLook, "caseReference" | "cases"> }) {
  const t = translator(locale);
  return (
    <section class="card">
      <h2>{t("casework.heading")}</h2>
      {cases.length === 0 && caseReference === null ? <p>{t("casework.none-about")}</p> : (
        <ul class="plain lines">
          {caseReference !== null && <li>{t("desk.case")} <CaseLink reference={caseReference} /></li>}
          {cases.map(({ reference, kind, state }) => <li><CaseLink reference={reference} /> · {t(`casework.kind-${kind}`)} · {t(`casework.state-${state}`)}</li>)}
        </ul>
      )}
      <p class="hint">{t("casework.file-hint")}</p>
      <p class="lines"><a href="/staff/cases/new">{t("casework.file")}</a></p>
    </section>
  );
}
