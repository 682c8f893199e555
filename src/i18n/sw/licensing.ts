import type { Words } from "../catalogue.ts";

export const licensing: Words<"licensing"> = {
  "sms.invited": "NSER: umealikwa kushika jukumu. Ingia kwa nambari hii, au fungua akaunti kwayo, kisha ufungue Mialiko ndani ya siku 14.",
  "sms.licence-expires": "NSER: leseni {number} ya kampuni yako inaisha {date}. Ihuishe kwa wakati: tazama ukurasa wako.",
};
