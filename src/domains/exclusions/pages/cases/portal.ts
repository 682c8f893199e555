import type { CasesRpc } from "../../cases/cases-rpc.ts";
import type { CitizenPortal } from "../portal.ts";

/** What a citizen's pages on cases need from outside. */
export interface CasesPortal extends CitizenPortal {
  cases: CasesRpc;
}
