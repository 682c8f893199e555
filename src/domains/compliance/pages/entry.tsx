import type { Child } from "hono/jsx";
import { formatInstant, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Facts, type FieldProblem, messageAt, TextField } from "../../../pages/fields.tsx";
import type { ShownEntry, ShownFlag } from "../desk/rpc.ts";
import { explain } from "../words.ts";

export const HOME = "/staff/audit";

interface EntryProps {
  locale: Locale;
  entry: ShownEntry;
  mayNote: boolean;
  /** What a field of a form holds, as typed. */
  typed: (name: string) => string;
  problems: readonly FieldProblem[];
}

/** The field a suspicion's note is typed in: several may stand on one page. */
export const noteField = (flagId: string): string => `note-${flagId}`;

/** Ids, actions and references: from left to right in every language. */
const Code = ({ children }: { children?: Child }) => <bdi dir="ltr">{children}</bdi>;

/** What was done, what is suspicious about it, and where its proof is. */
export function Entry({ locale, entry, mayNote, typed, problems }: EntryProps) {
  const t = translator(locale);
  const { id, action, outcome, leaf, flags, payload } = entry;
  return (
    <article class="group">
      <h3><Code>{action}</Code></h3>
      {outcome !== "done" && <p><span class="tag">{t(`audit.outcome-${outcome}`)}</span></p>}
      <Facts rows={facts(locale, entry)} />
      {flags.map((flag) => <Flag locale={locale} entryId={id} flag={flag} mayNote={mayNote} typed={typed} problems={problems} />)}
      <details>
        <summary>{t("audit.details")}</summary>
        <p><Code>{payload}</Code></p>
        <p class="hint"><Code>{id}</Code></p>
      </details>
      <p>{leaf === null ? <span class="hint">{t("audit.not-there-yet")}</span> : <a href={`${HOME}/${id}/proof`} download>{t("audit.proof")}</a>}</p>
    </article>
  );
}

function facts(locale: Locale, { at, by, resource, source, from, channel, reason, leaf }: ShownEntry): (readonly [string, Child])[] {
  const t = translator(locale);
  const where = [...from, ...(channel === null ? [] : [channel])].join(" · ");
  return [
    [t("audit.when"), formatInstant(locale, at)],
    [t("audit.by"), <a href={`${HOME}?${new URLSearchParams({ actor: by })}`}><Code>{by}</Code></a>],
    [t("audit.of"), <a href={`${HOME}?${new URLSearchParams({ resource })}`}><Code>{resource}</Code></a>],
    [t("audit.source"), t(`audit.source-${source}`)],
    ...(where === "" ? [] : [[t("audit.where"), <Code>{where}</Code>] as const]),
    ...(reason === null ? [] : [[t("audit.why"), <bdi>{reason}</bdi>] as const]),
    ...(leaf === null ? [] : [[t("audit.place"), String(leaf)] as const]),
  ];
}

interface FlagProps extends Omit<EntryProps, "entry"> {
  entryId: string;
  flag: ShownFlag;
}

function Flag({ locale, entryId, flag: { id, rule, figures, evidence, seen, version }, mayNote, typed, problems }: FlagProps) {
  const t = translator(locale);
  const others = evidence.filter((one) => one !== entryId);
  const note = noteField(id);
  return (
    <section class="note">
      <h4>{t(`rule.${rule}`)}</h4>
      <p>{explain(locale, rule, figures)}</p>
      {others.length > 0 && (
        <details>
          <summary>{t("audit.evidence")}</summary>
          <ul>{others.map((one) => <li><a href={`${HOME}?${new URLSearchParams({ id: one })}`}><Code>{one}</Code></a></li>)}</ul>
        </details>
      )}
      {seen && <p><bdi>{t("audit.seen", { date: formatInstant(locale, seen.at), by: seen.by, note: seen.note })}</bdi></p>}
      {!seen && mayNote && (
        <details open={messageAt(problems, note) !== undefined}>
          <summary>{t("audit.see")}</summary>
          <form method="post" action={`${HOME}/flags/${id}`} novalidate>
            <input type="hidden" name="entry" value={entryId} />
            <input type="hidden" name="version" value={String(version)} />
            <TextField name={note} label={t("audit.note")} hint={t("audit.note-hint")} value={typed(note)} problems={problems} autocomplete="off" required dir="auto" maxlength={500} />
            <button class="button">{t("audit.see")}</button>
          </form>
        </details>
      )}
    </section>
  );
}
