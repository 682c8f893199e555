import type { Words } from "../catalogue.ts";

export const site: Words<"site"> = {
  "tab.site": "{title} – NSER",
  "tab.error": "Erreur : {title}",
  "tab.problem": "Cela n’a pas marché",

  "site.name": "Registre national d’auto-exclusion",
  "site.country": "Kenya",

  "nav.skip": "Aller au contenu principal",
  "nav.exit": "Quitter vite",
  "nav.exit-hint": "« Quitter vite » ouvre un autre site. L’historique de votre navigateur n’est pas effacé.",
  "nav.language": "Langue",
  "nav.draft": "Cette traduction n’a pas encore été relue. En cas de doute, le texte anglais fait foi.",
  "nav.home": "Page d’accueil",
  "nav.step": "Étape {step} sur {steps}",

  "date.instant": "{date}, {time}",
  "date.no-end": "sans fin",

  "action.continue": "Continuer",
  "action.start-again": "Recommencer",
  "action.try-again": "Réessayer",
  "action.change-period": "Changer la durée",
  "action.change-phone": "Changer le numéro",

  "problem.start-again": "Recommençons",
  "problem.start-again-text":
    "C’est une étape au milieu d’un formulaire, et le début manque. Ce qui est en vigueur le reste.",
  "problem.not-found": "Il n’y a rien ici",
  "problem.not-found-text": "L’adresse est peut-être mal écrite, ou ce qu’elle montrait n’est pas à vous.",
  "problem.too-large": "C’est plus que ce formulaire peut contenir",
  "problem.unreadable": "Ce formulaire n’a pas pu être lu",
  "problem.foreign": "Ce formulaire ne vient pas de notre page",
  "problem.foreign-text": "Pour vous protéger, nous n’acceptons que les formulaires remplis sur ce site.",
  "problem.unavailable": "Cela ne marche pas pour l’instant",
  "problem.unavailable-text":
    "Rien n’est perdu. Rien n’est enregistré tant que vous ne voyez pas de reçu. Réessayez : un même formulaire ne compte jamais deux fois.",
  "problem.too-many-calls": "C’est trop à la fois",
  "problem.too-many-calls-text": "Votre compte a fait trop de demandes dans la dernière minute. Attendez une minute et réessayez.",
};
