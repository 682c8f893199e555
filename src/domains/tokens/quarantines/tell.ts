import type { Office } from "../../../office/database.ts";
import { insertMeetings } from "../canaries/store.ts";
import type { TellOffice } from "../guard/tell.ts";
import { insertQuarantine } from "./store.ts";

/** Takes what operators' objects tell; each row once, by its id. */
export const tellingOffice = ({ primary }: Office): TellOffice => ({
  quarantine: async (operator, quarantine) => void (await insertQuarantine(primary, operator, quarantine)),
  meetings: async (operator, met) => void (await insertMeetings(primary, met.map((meeting) => ({ ...meeting, operator })))),
});
