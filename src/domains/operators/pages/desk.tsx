import { operatorAsked, operatorPage } from "../../../pages/operator.tsx";
import { type PageContext, page } from "../../../pages/page.ts";
import { visitorOf } from "../../../pages/session.ts";
import { turnedAway } from "../../../pages/staff.tsx";
import type { OperatorDeskRpc } from "../desk/rpc.ts";
import { OperatorPage } from "./home.tsx";

/** What the pages of an operator's people need from outside. */
export interface OperatorDeskPortal {
  operatorDesk: OperatorDeskRpc;
}

/** An operator's own pages. Whoever is not of its people is told that there is nothing. */
export function operatorPages({ operatorDesk }: OperatorDeskPortal) {
  return {
    home: async (c: PageContext) => {
      const operator = operatorAsked(c);
      const entered = await operatorDesk.home({ visitor: visitorOf(c), operator });
      return entered.ok ? page(c, <OperatorPage locale={c.var.locale} asked={operator} home={entered} />) : turnedAway(c, entered, operatorPage("", operator));
    },
  };
}
