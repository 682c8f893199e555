import type { Words } from "../catalogue.ts";

export const number: Words<"number"> = {
  "tab.number": "Votre numéro",

  "number.heading": "Ce numéro était à quelqu’un d’autre",
  "number.lead":
    "Les opérateurs redonnent les numéros inutilisés. Si la personne d’avant s’était exclue, les sociétés vous refusent aussi. Dites qui vous êtes : nous le vérifions auprès du registre d’état des personnes et libérons le numéro.",
  "number.only": "Seul le numéro est libéré. La personne d’avant reste exclue par tout le reste.",
  "number.document": "Votre pièce d’identité",
  "number.confirm": "Libérer le numéro",
  "number.released": "Le numéro est libéré",
  "number.released-text": "Dans quelques secondes, plus aucune société ne vous refuse à cause de la personne d’avant.",
  "number.officer": "Un agent décide",
  "number.officer-text": "Cela n’a pas pu être décidé automatiquement. Un agent du régulateur l’examine, et vous recevrez un SMS. Votre référence :",
  "number.nothing-to-release": "Rien ne retient ce numéro",
  "number.nothing-to-release-text": "Le registre ne connaît personne sous ce numéro. Si une société vous refuse, la raison est autre.",
  "number.mismatch":
    "Le registre d’état des personnes ne connaît pas cette pièce avec ce nom et cette date de naissance. Vérifiez chacun et réessayez. Si tout est juste, faites corriger l’inscription là où la pièce a été délivrée.",
  "number.kept": "Le numéro reste tel quel",
  "number.kept-text":
    "D’après ce que vous avez indiqué, le numéro n’a pas changé de mains. Une exclusion ne se termine pas ainsi. Si vous pensez que c’est une erreur, dites-le au régulateur.",

  "sms.claim-released": "NSER : votre demande {reference} est acceptée. Le numéro est libéré.",
  "sms.claim-refused": "NSER : votre demande {reference} n’est pas acceptée. Le numéro reste tel quel.",
};
