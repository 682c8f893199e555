import type { Words } from "../catalogue.ts";

export const credentials: Words<"credentials"> = {
  "tab.reset": "Nenosiri jipya",
  "tab.activate": "Washa akaunti",
  "tab.own-phone": "Nambari yako",

  "reset.heading": "Weka nenosiri jipya",
  "reset.lead": "Weka nambari ya simu ya akaunti yako. Tutatuma msimbo kwa nambari hiyo.",
  "reset.sent": "Kama nambari hii ina akaunti, SMS yenye msimbo wa tarakimu 6 iko njiani kwenda kwa:",
  "reset.nothing-came": "Kama hakuna SMS inayofika, huenda hakuna akaunti yenye nambari hii.",
  "reset.new-lead": "Simu yako imethibitishwa. Ukiweka nenosiri jipya utatolewa kila mahali, kisha utaingia upya.",
  "reset.password": "Nenosiri jipya",
  "reset.password-hint": "Angalau herufi 8. Maneno machache pamoja ni rahisi kukumbuka na ni vigumu kukisia.",
  "reset.submit": "Weka nenosiri",
  "reset.done": "Nenosiri lako jipya limewekwa",
  "reset.done-text": "Linatumika kuanzia sasa. Umetolewa kila mahali; tokeni za programu hazifanyi kazi tena.",
  "reset.to-sign-in": "Ingia",

  "activate.due": "Unahitaji kuwashiwa akaunti",
  "activate.due-text":
    "Jukumu lako linahitaji hatua ya pili ya kuingia, na akaunti yako haina. Mwombe anayesimamia akaunti katika shirika lako akupe ufunguo wa kuwasha.",
  "activate.heading": "Washa akaunti yako",
  "activate.lead": "Kwa aliyepewa ufunguo wa kuwasha: nenosiri la kwanza, au njia ya kurudi bila hatua ya pili iliyopotea.",
  "activate.key": "Ufunguo wa kuwasha",
  "activate.key-hint": "Maandishi marefu uliyopewa. Yanafanya kazi mara moja, kwa siku tatu.",
  "activate.have": "Nina ufunguo wa kuwasha",
  "activate.submit": "Washa akaunti yangu",
  "activate.done": "Akaunti yako imewashwa",
  "activate.done-text": "Unaingia kwa nambari hii ya simu na nenosiri lako.",

  "own-password.heading": "Badilisha nenosiri lako",
  "own-password.current": "Nenosiri lako la sasa",
  "own-password.submit": "Badilisha nenosiri",
  "own-password.done": "Nenosiri lako limebadilishwa",
  "own-password.done-text": "Umetolewa kwingine kote; tokeni za programu hazifanyi kazi tena.",
  "own-password.forgotten": "Silijui nenosiri langu",

  "own-phone.heading": "Badilisha nambari yako ya simu",
  "own-phone.lead": "Unaingia kwa nambari yako. Tutatuma msimbo kwa nambari mpya, ili tuwe na hakika kwamba ni yako.",
  "own-phone.now": "Nambari yako ya sasa",
  "own-phone.new": "Nambari mpya",
  "own-phone.exclusion": "Kama umejizuia kucheza kamari, hilo halibadiliki: nambari yako ya awali pia inabaki imezuiwa.",
  "own-phone.submit": "Thibitisha nambari mpya",
  "own-phone.done": "Nambari yako imebadilishwa",
  "own-phone.done-text": "Kuanzia sasa unaingia kwa nambari mpya.",

  "own.back": "Akaunti yako",

  "error.link-over": "Ufunguo huu si sahihi, umeshatumika, au ni wa zamani mno. Uangalie, au omba mpya.",
  "error.reset-over": "Uthibitisho wako umeshatumika au ni wa zamani mno. Hakuna kilichobadilishwa. Anza upya.",
  "error.phone-taken": "Nambari hii ina akaunti nyingine. Hakuna kilichobadilishwa, huko wala hapa.",
  "error.password-wrong": "Hili si nenosiri lako la sasa.",
  "error.password-locked": "Manenosiri mengi hayakuwa sahihi. Jaribu tena baada ya {minutes, plural, one {dakika moja} other {dakika #}}.",
  "error.password-missing": "Weka nenosiri.",
  "error.password-short": "Nenosiri hili ni fupi sana: angalau herufi 8.",
  "error.password-long": "Nenosiri hili ni refu sana: herufi zisizozidi 128.",
  "error.password-guessable": "Nenosiri hili ni rahisi kukisia. Usitumie jina lako, nambari yako wala herufi moja mara kwa mara.",
  "error.password-breached": "Nenosiri hili liliibwa kwingine na linajulikana na wengine. Chagua lingine.",

  "sms.password-changed": "NSER: nenosiri la akaunti yako limebadilishwa. Kama si wewe, weka jipya mara moja.",
  "sms.phone-changed": "NSER: akaunti yako sasa ina nambari nyingine ya simu. Kama si wewe, tuambie mara moja.",
};
