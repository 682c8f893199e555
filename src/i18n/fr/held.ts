export const held = {
  "tab.held": "Qui garde un jeton",
  "held.heading": "Quelles sociétés ont un jeton pour moi",
  "held.lead":
    "Une société qui a votre numéro de téléphone ou votre document peut en obtenir un jeton : un signe avec lequel elle demande si elle peut vous servir. Tant que vous êtes exclu, le registre note quelles sociétés en ont un.",
  "held.none": "Aucune société n’est notée ici.",
  "held.issued": "a été changé en jeton pour elle",
  "held.checked": "elle a demandé avec un jeton, qui vous a trouvé",
  "held.days": "La première fois le {first}, la dernière le {last}",
  "held.switch": "Me le dire aussi quand je ne suis pas exclu",
  "held.switch-text":
    "Si c’est activé, le registre note dès lors quelles sociétés ont un jeton pour vous, exclu ou non. Quand vous n’êtes pas exclu, vous seul pouvez le voir. Désactivé, ce qui n’était gardé que pour cela est supprimé.",
  "held.on": "Activé depuis le {date}.",
  "held.off": "Désactivé.",
  "held.turn-on": "Activer",
  "held.turn-off": "Désactiver",
  "held.read": "A lu à quelle exclusion appartient le jeton d’une société",
  "activity.holdings.asked": "Vous avez demandé à savoir quelles sociétés ont un jeton pour vous",
  "activity.holdings.stopped": "Vous n’avez plus voulu savoir quelles sociétés ont un jeton pour vous",
} as const;
