import type { Words } from "../catalogue.ts";

export const licensing: Words<"licensing"> = {
  "sms.invited": "NSER : vous êtes invité à un rôle. Connectez-vous avec ce numéro, ou créez un compte, et ouvrez Invitations dans les 14 jours.",
  "sms.licence-expires": "NSER : la licence {number} de votre société expire le {date}. Renouvelez-la à temps : voir votre page.",
};
