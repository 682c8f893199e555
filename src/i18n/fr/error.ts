import type { Words } from "../catalogue.ts";

export const error: Words<"error"> = {
  "error.summary": "Veuillez vérifier :",
  "error.policy-missing": "Choisissez une durée.",
  "error.policy-unknown": "Choisissez l’une de ces durées.",
  "error.phone-missing": "Saisissez votre numéro de mobile.",
  "error.phone-invalid": "Nous ne reconnaissons pas ce numéro de mobile. Écrivez-le comme 0712 345 678.",
  "error.phone-landline": "C’est un téléphone fixe. Saisissez un mobile qui peut recevoir un SMS.",
  "error.phone-foreign": "Ce numéro n’est pas kényan. Pour l’instant, le code ne peut être envoyé qu’à un mobile kényan.",
  "error.document-invalid": "Ce numéro ne va pas avec le type de pièce. Vérifiez les deux, ou laissez le numéro vide.",
  "error.document-missing": "Saisissez le numéro de votre pièce.",
  "error.code-missing": "Saisissez les 6 chiffres du SMS.",
  "error.code-wrong":
    "Ce code n’est pas bon. {triesLeft, plural, =0 {Demandez un nouveau code.} one {Il vous reste un essai.} other {Il vous reste # essais.}}",
  "error.code-expired": "Ce code est trop ancien. Choisissez « Renvoyer le code ».",
  "error.code-used-up": "Ce code n’est plus utilisable. Choisissez « Renvoyer le code ».",
  "error.too-many-codes":
    "Trop de codes ont été envoyés. Réessayez dans {minutes, plural, one {une minute} other {# minutes}}.",
  "error.sms-failed": "Le SMS n’a pas pu partir. Rien n’est encore enregistré. Veuillez réessayer.",
  "error.grant-invalid": "Pour vous protéger, cette page se ferme après un moment. Confirmez de nouveau votre numéro.",
  "error.proof-too-old": "Pour cela, confirmez encore une fois votre numéro : le code ne doit pas dater de plus de 5 minutes.",
  "error.nothing-to-extend": "Cela n’allongerait pas votre exclusion, ou aucune n’est en vigueur.",
  "error.form-reused":
    "Ce formulaire a déjà servi à autre chose. Ce qui est en vigueur le reste. Recommencez avec un nouveau formulaire.",
  "error.text-too-long": "C’est trop long : 100 caractères au plus.",
  "error.text-unreadable": "Il y a là des signes que nous ne pouvons pas conserver. Saisissez-le de nouveau sur une ligne.",
  "error.name-missing": "Saisissez un nom.",
  "error.phone-unreadable": "Écrivez le numéro en chiffres, comme 0712 345 678 ou +254 712 345 678.",
  "error.birth-unreadable": "Écrivez jour, mois et année en chiffres, comme 27 3 1990.",
  "error.birth-impossible": "Ce jour n’existe pas, ou n’est pas une date de naissance.",
  "error.birth-missing": "Saisissez votre date de naissance.",
  "error.choice-unknown": "Choisissez dans la liste.",
  "error.changed-meanwhile":
    "Ceci a été modifié ailleurs entre-temps. Voyez ce qui figure maintenant ; enregistrez de nouveau si vous préférez le vôtre.",
};
