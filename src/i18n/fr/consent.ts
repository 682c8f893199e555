import type { Words } from "../catalogue.ts";

export const consent: Words<"consent"> = {
  "tab.consent": "Laisser voir un programme",

  "consent.heading": "« {client} » peut-il voir ceci ?",
  "consent.lead": "Ce programme n’est pas à nous. Il ne voit rien sans votre accord.",
  "consent.sees": "En votre nom, il verrait",
  "consent.scope.account:read": "Le numéro de votre compte et ce que vous faites ici (vos rôles)",
  "consent.scope.operators:read": "Les opérateurs : leurs noms et leur situation",
  "consent.scope.usage:read": "Combien de vérifications font les opérateurs, par jour",
  "consent.scope.exclusions:read": "La liste des exclusions, sans noms ni numéros",
  "consent.scope.audit:read": "Le journal de ce qui a été fait ici, et par quel compte",
  "consent.scope.projection:read": "Comment les copies du registre sont tenues",
  "consent.limits": "Il ne peut rien changer et ne voit ni le nom ni le numéro d’identité de quiconque. Il peut voir cela pendant 30 jours au plus, même en votre absence.",
  "consent.leads": "Votre réponse va à",
  "consent.allow": "Autoriser",
  "consent.deny": "Ne pas autoriser",
  "consent.unfit": "Ce lien ne peut pas servir",
  "consent.client-unknown": "Le programme qui vous envoie n’est pas enregistré ici, ou n’y est pas admis en ce moment. Rien ne lui a été donné.",
  "consent.redirect-unfit": "Le lien mène à une adresse qui n’est pas celle du programme. Rien ne lui a été donné.",
};
