import type { StaffRoom } from "../domains/users/people/model.ts";
import { STAFF_ROOMS } from "../domains/users/people/model.ts";
import type { StaffRefusal } from "../domains/users/people/rpc.ts";
import { translator } from "../i18n/index.ts";
import type { Locale } from "../i18n/locales.ts";
import { isDue, leadOn } from "./due.ts";
import type { PageContext } from "./page.ts";
import { problemPage } from "./problem.tsx";

export const isOfStaff = (refusal: { refusal: string }): refusal is StaffRefusal =>
  isDue(refusal) || refusal.refusal === "not-found" || refusal.refusal === "too-many-calls";

/** Whoever may nothing here is told that there is nothing; whoever has something to do first is led there, and back to `wanted`. */
export function turnedAway(c: PageContext, refusal: StaffRefusal, wanted: string): Response | Promise<Response> {
  if (isDue(refusal)) return leadOn(c, refusal, wanted);
  return problemPage(c, refusal.refusal === "not-found" ? "not-found" : "too-many-calls");
}

const ROOMS = Object.keys(STAFF_ROOMS) as StaffRoom[];

/**
 * Stands at the end of each page of the regulator's people. It offers all rooms: who may be in one of them may be in each. `here`: the
 * room whose first page this is; null within one.
 */
export function StaffNav({ locale, here }: { locale: Locale; here: StaffRoom | null }) {
  const t = translator(locale);
  return (
    <nav class="rooms" aria-label={t("staff.rooms")}>
      <ul>
        <li><a href="/staff">{t("staff.heading")}</a></li>
        {ROOMS.map((room) => <li>{room === here ? <span aria-current="page">{t(`staff.${room}`)}</span> : <a href={`/staff/${room}`}>{t(`staff.${room}`)}</a>}</li>)}
      </ul>
    </nav>
  );
}
