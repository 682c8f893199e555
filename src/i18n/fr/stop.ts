import type { Words } from "../catalogue.ts";

export const stop: Words<"stop"> = {
  "tab.stop": "24 heures",

  "stop.now": "Arrêter 24 heures, maintenant",
  "stop.hint": "Tout de suite, sans questions. Vous pourrez l’allonger ensuite.",
  "stop.heading": "Arrêter 24 heures",
  "stop.lead": "Cela compte tout de suite et se termine tout seul : {until}.",
  "stop.for": "Pour ce numéro :",
  "stop.press": "Arrêter maintenant",
  "stop.already": "Vous êtes déjà exclu",
  "stop.already-text": "Votre exclusion dure plus longtemps que les prochaines 24 heures. Il n’y a rien d’autre à faire.",
};
