import { type PageContext, page } from "../../../pages/page.ts";
import { visitorOf } from "../../../pages/session.ts";
import { turnedAway } from "../../../pages/staff.tsx";
import type { LapseFilterText, StaffPropagationRpc } from "../propagation/rpc.ts";
import { LatePage } from "./late.tsx";

/** What the regulator's pages on operators' lateness need from outside. */
export interface StaffPropagationPortal {
  staffPropagation: StaffPropagationRpc;
}

const HOME = "/staff/propagation";

const filterOf = (c: PageContext): LapseFilterText => {
  const asked = c.req.query();
  return { state: asked.state ?? "", kind: asked.kind ?? "", operator: asked.operator ?? "" };
};

/** Late operators before the regulator's people. Nothing here changes anything; whoever may nothing here is told that there is nothing. */
export const propagationPages = ({ staffPropagation }: StaffPropagationPortal) => ({
  list: async (c: PageContext): Promise<Response> => {
    const filter = filterOf(c);
    const listed = await staffPropagation.overdue({ visitor: visitorOf(c), filter, after: c.req.query("after") ?? null });
    return listed.ok ? page(c, <LatePage locale={c.var.locale} {...listed} filter={filter} />) : turnedAway(c, listed, HOME);
  },
});
