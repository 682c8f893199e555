import type { Words } from "../catalogue.ts";

export const ending: Words<"ending"> = {
  "tab.ending": "Votre demande",

  "ending.heading": "Y mettre fin",
  "ending.not-yet": "Vous pourrez demander d’y mettre fin à partir du {from}. Avant, personne ne le peut, nous non plus.",
  "ending.after-review": "Elle n’a pas de fin. Avant de pouvoir demander d’y mettre fin, il faut un réexamen par des agents.",
  "ending.can-ask": "La durée choisie est passée. Elle reste en vigueur jusqu’à ce que vous y mettiez fin.",
  "ending.begin": "Demander d’y mettre fin",

  "ending.ask-heading": "Demander la fin de votre exclusion",
  "ending.ask-lead": "Il faut deux actes, à quelques jours d’écart, pour qu’un mauvais jour ne décide pas seul.",
  "ending.law": "La loi ne permet à personne d’y mettre fin avant la durée choisie (L.N. 112 de 2026, règle 72).",
  "ending.step-ask": "Vous demandez maintenant. Vous restez exclu.",
  "ending.step-wait":
    "Vous attendez. Un SMS et cette page disent à partir de quel jour vous pouvez confirmer. Vous pouvez changer d’avis à tout moment.",
  "ending.step-confirm": "Puis vous revenez confirmer. Sinon, votre exclusion continue.",
  "ending.think": "Avant de demander",
  "ending.warning": "Si l’envie de jouer est forte aujourd’hui, attendez. Parlez d’abord à une personne de confiance.",
  "ending.keep": "Garder mon exclusion",
  "ending.lengthen": "Plutôt l’allonger",
  "ending.ask": "Je demande d’y mettre fin",

  "ending.waiting": "Vous avez demandé d’y mettre fin",
  "ending.asked": "Demandé le",
  "ending.waiting-text": "Vous êtes toujours exclu. Vous pourrez confirmer du {from} au {until}. Si vous ne faites rien, votre exclusion continue.",
  "ending.open-text": "Vous êtes toujours exclu. Vous pouvez confirmer la fin jusqu’au {until}. Si vous ne faites rien, votre exclusion continue.",
  "ending.go-on": "Confirmer la fin",

  "ending.confirm-heading": "Confirmer la fin de votre exclusion",
  "ending.confirm-lead":
    "Dès que vous confirmez, les sociétés peuvent de nouveau prendre vos paris. Vous pouvez vous exclure encore à tout moment.",
  "ending.tick": "Oui, mon exclusion doit se terminer maintenant",
  "ending.confirm": "Mettre fin à mon exclusion",

  "error.tick-missing": "Cochez la case si vous voulez y mettre fin. Sinon, gardez votre exclusion.",
  "error.nothing-to-end": "Aucune exclusion avec cette référence n’est en vigueur pour votre numéro.",
  "error.ends-by-itself": "Celle-ci se termine toute seule à sa date. Il n’y a rien à demander.",
  "error.not-theirs-to-end": "Celle-ci a été décidée par des agents. On ne peut pas y mettre fin ici ; vous pouvez faire un recours.",
  "error.being-annulled": "Des agents sont en train d’annuler celle-ci. Il n’y a rien à terminer.",
  "error.nothing-asked":
    "Vous n’avez pas demandé d’y mettre fin, ou c’était il y a trop longtemps. Votre exclusion continue. Vous pouvez demander à nouveau.",
  "error.minimum-runs": "On ne peut pas y mettre fin avant la durée choisie : {from}.",
  "error.waiting": "Il est trop tôt pour confirmer. Vous pourrez le faire à partir du {from}.",
  "error.review-needed": "Elle n’a pas de fin. Il faut d’abord un réexamen par des agents.",
  "error.reference-unknown": "Vous n’avez pas de tel reçu.",
};
