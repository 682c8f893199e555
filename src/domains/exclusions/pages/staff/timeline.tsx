import type { Child } from "hono/jsx";
import { formatInstant, translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import { canonicalJson } from "../../../../kernel/canonical-json.ts";
import { Facts } from "../../../../pages/fields.tsx";
import type { TimelineChange } from "../../desk/model.ts";
import { CaseLink } from "./case-links.tsx";
import { ActionWords, Code, DoorWords } from "./words.tsx";

/** So many changes are read at most. */
const MOST = 200;

/** What happened to an exclusion from the beginning on, each change with its place in the audit log. */
export function Timeline({ locale, changes }: { locale: Locale; changes: readonly TimelineChange[] }) {
  const t = translator(locale);
  return (
    <section class="card">
      <h2>{t("desk.timeline")}</h2>
      <p class="hint">{t("desk.timeline-hint")} {changes.length >= MOST && t("desk.timeline-newest", { count: MOST })}</p>
      <ol class="plain">{changes.toReversed().map((change) => <li><Change locale={locale} change={change} /></li>)}</ol>
    </section>
  );
}

function Change({ locale, change }: { locale: Locale; change: TimelineChange }) {
  const t = translator(locale);
  const { caseReference, officers } = decidedBy(change);
  return (
    <article class="group">
      <h3><ActionWords t={t} action={change.action} /></h3>
      <p>{formatInstant(locale, change.at)} · <DoorWords t={t} channel={change.channel} /></p>
      {officers.length > 0 && <p class="hint">{t("desk.officers")} {officers.map((officer) => <Code>{`${officer} `}</Code>)}</p>}
      {caseReference && <p>{t("desk.of-case")} <CaseLink reference={caseReference} /></p>}
      <Entry locale={locale} change={change} />
    </article>
  );
}

/** What the audit log has of it, to be looked up there. */
function Entry({ locale, change: { id, position, sequence, action, payload } }: { locale: Locale; change: TimelineChange }) {
  const t = translator(locale);
  const rows: [string, Child][] = [
    [t("desk.entry-id"), <Code>{id}</Code>],
    [t("desk.entry-position"), <Code>{String(position)}</Code>],
    [t("desk.entry-sequence"), sequence === null ? t("desk.none") : <Code>{String(sequence)}</Code>],
    [t("desk.entry-action"), <Code>{action}</Code>],
    [t("desk.entry-payload"), <Code>{canonicalJson(payload)}</Code>],
  ];
  return (
    <details>
      <summary>{t("desk.entry")} <Code>{String(position)}</Code></summary>
      <Facts rows={rows} />
    </details>
  );
}

/** The case in which officers decided it, and who they were, where an entry says so. */
function decidedBy({ payload }: TimelineChange): { caseReference: string | null; officers: string[] } {
  const { caseReference, officers } = (payload ?? {}) as { caseReference?: unknown; officers?: unknown };
  return {
    caseReference: typeof caseReference === "string" ? caseReference : null,
    officers: Array.isArray(officers) ? officers.filter((officer) => typeof officer === "string") : [],
  };
}
