import { OPERATOR_ROOMS, type OperatorRoom } from "../domains/operators/desk/model.ts";
import { translator } from "../i18n/index.ts";
import type { Locale } from "../i18n/locales.ts";
import type { PageContext } from "./page.ts";

/** Which operator's page is asked for; null for the first of the visitor's. */
export const operatorAsked = (c: PageContext): string | null => c.req.query("operator") ?? null;

/** A page of an operator's people: of the operator that is named, or of the visitor's first. */
export const operatorPage = (path: "" | `/${string}`, operator: string | null): string =>
  `/operator${path}${operator === null ? "" : `?${new URLSearchParams({ operator })}`}`;

const ROOMS = Object.keys(OPERATOR_ROOMS) as OperatorRoom[];

/**
 * Stands at the end of each page of an operator's people, with every room: who may in none is told there that there is nothing. `here`:
 * the room whose first page this is; null within one.
 */
export function OperatorNav({ locale, here, operator }: { locale: Locale; here: OperatorRoom | null; operator: string | null }) {
  const t = translator(locale);
  return (
    <nav class="rooms" aria-label={t("operator.rooms")}>
      <ul>
        <li><a href={operatorPage("", operator)}>{t("operator.heading")}</a></li>
        {ROOMS.map((room) => (
          <li>{room === here ? <span aria-current="page">{t(`operator.${room}`)}</span> : <a href={operatorPage(`/${room}`, operator)}>{t(`operator.${room}`)}</a>}</li>
        ))}
      </ul>
    </nav>
  );
}
