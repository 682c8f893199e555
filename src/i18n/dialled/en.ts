/**
 * What is said to phones that show 160 characters: the screens of a USSD session, and answers to text messages. Those that
 * begin with `sms.` stay on the phone: whoever glances at it learns nothing. Every one fits with the longest values.
 */
export const en = {
  "menu": "NSER: stop gambling\n1. 24 hours, now\n2. Longer\n3. My exclusion\n4. Help\n5. Kiswahili",
  "periods": "1. 7 days\n2. 30 days\n3. 6 months\n4. 1 year\n5. 5 years\n6. For good\n0. Back",
  "longer": "For how long?",
  "stopped": "Done: stopped {term}.\nLonger?",
  "confirm": "{period}: it counts at once and cannot be undone before.\n1. Yes, stop\n0. Back",
  "excluded": "Done: stopped {term}.\n{reference}\nAn SMS confirms it. You can still take your money out.",

  "code.exclude": "{period}: counts at once, cannot be undone before. It takes a code by SMS.",
  "code.ask-to-end": "To ask for the end takes a code by SMS.",
  "code.confirm-ending": "To confirm the end takes a code by SMS.",
  "code.choose": "1. Send me the code\n0. Back\nOr type the code:",
  "code.sent": "The code comes by SMS. You may hang up to read it: dial again, choose the same and type it.",
  "code.wrong": "This code is not right. Tries left: {tries}.",
  "code.over": "This code is over.",
  "code.too-many": "Too many codes were sent. Try again in {minutes} minutes.",
  "code.failed": "The SMS could not be sent just now. Nothing is recorded yet. Try again later.",

  "mine.none": "Nothing is in force for this number.\n1. Stop now, for longer\n0. Back",
  "mine.own": "In force {term}.\n{reference}",
  "mine.decided": "In force by a decision, {term}.\n{reference}",
  "mine.ending": "You asked to end it. It is in force until you confirm: from {from}.\n{reference}",
  "mine.annulling": "In force. Withdrawn on {from} as not yours, unless you make it longer.\n{reference}",
  "mine.lengthen": "1. Make it longer",
  "mine.ask-to-end": "2. Ask to end it",
  "mine.confirm-ending": "3. Confirm the end",
  "mine.keep": "4. Keep it",
  "mine.back": "0. Back",

  "asked": "You asked to end it. Nothing changes before {from}. Then dial again and confirm.\n{reference}",
  "ended": "It has ended, as you asked twice. You can begin again at any time.\n{reference}",
  "kept": "You keep it. It goes on.\n{reference}",
  "refused.nothing": "There is nothing that can be ended.",
  "refused.by-itself": "It ends by itself. You need not do anything.",
  "refused.not-before": "This is not possible before {from}. It stays in force.",
  "refused.officers": "This is for officers to decide. It stays in force.",
  "refused.ask-first": "First ask to end it. It stays in force.",

  "help": "Talk to someone you trust. In danger, go to the nearest health facility now.",
  "unclear": "Not understood.",
  "later": "This does not work just now. Try again later. If it was done after all, an SMS tells you.",
  "again": "This was already used for something else. Nothing was changed. Please dial again.",
  "foreign": "Only Kenyan mobile numbers can be used here.",

  "term.automatic": "until {until}",
  "term.confirmed": "at least until {until}",
  "term.none": "with no end",

  "sms.code": "NSER: your code is {code}. To confirm ({period}) reply with these 6 digits within {minutes} minutes. If you did not ask for it, do nothing.",
  "sms.in-force": "NSER: in force {term}. Reference {reference}.",
  "sms.ending": "NSER: {reference} is in force. You asked to end it: from {from} you can confirm.",
  "sms.none": "NSER: nothing is in force for this number.",
  "sms.code-wrong": "NSER: this code is not right. Tries left: {tries}.",
  "sms.code-over": "NSER: this code is over. Send your request again to get a new one.",
  "sms.too-many": "NSER: too many codes were sent. Try again in {minutes} minutes.",
  "sms.help": "NSER: send STOP (24 hours), STOP 7 or 30 (days), STOP 6M, 1Y, 5Y, PERMANENT; STATUS; HELP. Kiswahili: MSAADA",
  "sms.later": "NSER: this does not work just now. Send it again later. If it was done after all, a message tells you.",
} as const;
