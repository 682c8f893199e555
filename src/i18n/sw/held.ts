export const held = {
  "tab.held": "Nani ana tokeni",
  "held.heading": "Kampuni zipi zina tokeni yangu",
  "held.lead":
    "Kampuni iliyo na nambari yako ya simu au hati yako inaweza kupata tokeni yake: alama ya kuuliza kama inaweza kukuhudumia. Ukiwa umejizuia, rejista huandika kampuni zilizo nayo.",
  "held.none": "Hakuna kampuni iliyoandikwa hapa.",
  "held.issued": "iligeuzwa kuwa tokeni yao",
  "held.checked": "waliuliza kwa tokeni, na ikakupata",
  "held.days": "Mara ya kwanza {first}, mwisho {last}",
  "held.switch": "Niambieni hata nisipojizuia",
  "held.switch-text":
    "Ikiwashwa, kuanzia hapo rejista huandika kampuni zilizo na tokeni yako, umejizuia au la. Usipojizuia ni wewe tu unayeweza kuona. Ikizimwa, kilichowekwa kwa ajili ya hili pekee hufutwa.",
  "held.on": "Imewashwa tangu {date}.",
  "held.off": "Imezimwa.",
  "held.turn-on": "Iwashe",
  "held.turn-off": "Izime",
  "held.read": "Walisoma tokeni ya kampuni ni ya kizuizi kipi",
  "activity.holdings.asked": "Uliomba kuambiwa kampuni zipi zina tokeni yako",
  "activity.holdings.stopped": "Hukutaka tena kuambiwa kampuni zipi zina tokeni yako",
} as const;
