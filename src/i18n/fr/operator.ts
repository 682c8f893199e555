import type { Words } from "../catalogue.ts";

export const operator: Words<"operator"> = {
  "tab.operator": "Entreprise",
  "operator.heading": "Entreprise",
  "operator.lead": "Ce que vous pouvez faire ici pour cette entreprise. Chaque étape est consignée à votre nom.",
  "operator.rooms": "Pages de l’entreprise",
  "operator.keys": "Clés",
  "operator.keys-text": "Les clés avec lesquelles vos serveurs interrogent le registre, réelles et d’essai : en créer, les remplacer, les révoquer, et voir combien chacune a servi.",
  "operator.conformance": "Test d’intégration",
  "operator.conformance-text": "Faites interroger votre système sur des personnes de test et obtenez le certificat.",
  "operator.standing": "Sa situation",
  "operator.state": "État",
  "operator.state-active": "En activité",
  "operator.state-suspended": "Suspendue",
  "operator.id": "Identifiant de l’entreprise",
  "operator.required": "Identifiants que chaque contrôle doit porter",
  "operator.since": "Inscrite le",
  "operator.as-of": "Au {date}.",
  "operator.never": "Cette copie du registre est en cours et n’est peut-être pas complète.",
  "operator.others": "Vos autres entreprises",
};
