import type { Words } from "../catalogue.ts";

export const exclude: Words<"exclude"> = {
  "tab.home": "Karibu",
  "tab.period": "Chagua muda",
  "tab.details": "Simu yako",
  "tab.code": "Weka msimbo",

  "home.heading": "Acha kamari, kwa muda au kabisa",
  "home.lead":
    "Kuanzia unapothibitisha, hakuna kampuni ya kamari yenye leseni nchini Kenya inayoruhusiwa kupokea dau lako. Huhitaji akaunti, na hakuna atakayekuuliza sababu.",
  "home.start": "Acha kamari",
  "home.see": "Tazama kizuizi changu",
  "home.how": "Jinsi inavyofanya kazi",
  "home.how-period": "Chagua muda: kuanzia saa 24 hadi kabisa.",
  "home.how-phone": "Weka nambari yako ya simu. Tutakutumia msimbo kwa SMS.",
  "home.how-code": "Weka msimbo huo. Unazuiwa papo hapo na unapata risiti.",
  "home.privacy": "Nani anaweza kuona",
  "home.privacy-text":
    "Hakuna kampuni inayopewa orodha ya watu walio kwenye rejista. Kampuni inaweza tu kuuliza kama inaruhusiwa kumhudumia mteja wake.",

  "meaning.heading": "Maana yake",
  "meaning.no-bets":
    "Kampuni za kamari zenye leseni nchini Kenya haziruhusiwi kupokea dau lako, kukufungulia akaunti wala kukutumia matangazo.",
  "meaning.at-once": "Kinaanza papo hapo, mara tu unapothibitisha.",
  "meaning.no-undo": "Hakiwezi kufupishwa wala kuondolewa kabla ya mwisho wake. Unaweza kukiongeza wakati wowote.",
  "meaning.money": "Bado unaweza kutoa pesa zako kwenye akaunti zako.",
  "meaning.unlicensed": "Hakizifikii kampuni zisizo na leseni.",

  "period.heading": "Acha kamari",
  "period.legend": "Kwa muda gani?",
  "period.longer": "Muda mrefu",
  "period.evidence":
    "Utafiti unaonyesha kwamba wengi waliopumzika kwa wiki chache walirudi kwenye kamari. Waliopumzika zaidi ya miezi mitatu, wengi hawakurudi.",
  "period.shorter": "Muda mfupi",
  "period.24h": "Saa 24",
  "period.7d": "Siku 7",
  "period.30d": "Siku 30",
  "period.6m": "Miezi 6",
  "period.1y": "Mwaka 1",
  "period.5y": "Miaka 5",
  "period.permanent": "Kabisa",
  "period.automatic": "Kinaisha chenyewe: {until}.",
  "period.confirmed": "Angalau hadi {until}. Baada ya hapo kinaendelea hadi wewe ukimalize.",
  "period.no-end": "Hakina mwisho. Unaweza kuomba kiangaliwe upya kuanzia {review}.",

  "details.heading": "Nambari yako ya simu",
  "details.lead": "Tutatuma msimbo kwa nambari hii, ili tuhakikishe kwamba ni yako.",
  "details.phone": "Nambari ya simu ya mkononi ya Kenya",
  "details.phone-hint": "Kwa mfano 0712 345 678",
  "details.document": "Kitambulisho, kama unacho karibu",
  "details.document-hint": "Kinasaidia kampuni kukutambua hata ukitumia nambari nyingine ya simu. Unaweza kuacha wazi.",
  "details.kind": "Aina ya kitambulisho",
  "details.number": "Nambari ya kitambulisho",
  "details.check":
    "Jina na tarehe ya kuzaliwa hutuwezesha kuhakiki kitambulisho katika rejista ya watu ya serikali. Bila hayo nambari yake inatumika kwa siku chache tu.",
  "details.county-hint": "Kwa takwimu tu, kamwe si kwa ukaguzi. Unaweza kuacha bila kuchagua.",
  "details.send": "Nitumie msimbo",

  "kind.msisdn": "Nambari ya simu",
  "kind.national_id": "Kitambulisho cha taifa",
  "kind.passport": "Pasipoti",
  "kind.alien_id": "Kitambulisho cha mgeni (alien card)",
  "kind.refugee_id": "Kitambulisho cha mkimbizi",
  "kind.military_id": "Kitambulisho cha jeshi",

  "code.heading": "Weka msimbo",
  "code.sent": "Tumetuma SMS yenye msimbo wa tarakimu 6 kwa nambari hii:",
  "code.sent-again": "Tumekutumia msimbo mwingine. Ule wa mwisho pekee ndio unaofanya kazi.",
  "code.summary": "Unakaribia kuthibitisha",
  "code.label": "Msimbo kutoka kwa SMS",
  "code.hint": "Tarakimu 6",
  "code.warning": "Ukithibitisha, kizuizi kinaanza papo hapo na hakiwezi kuondolewa kabla ya mwisho wake.",
  "code.confirm": "Thibitisha na uache sasa",
  "code.again": "Tuma msimbo tena",

  "help.heading": "Hauko peke yako",
  "help.text":
    "Zungumza na mtu unayemwamini. Ukiwa hatarini au ukifikiria kujidhuru, nenda sasa kwenye kituo cha afya kilicho karibu.",
  "help.lines": "Nambari hizi zipo kwa ajili yako:",

  "sms.code": "NSER: msimbo wako ni {code}. Utatumika kwa dakika {minutes}. Usimpe mtu yeyote.",
};
