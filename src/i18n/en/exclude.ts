export const exclude = {
  "tab.home": "Welcome",
  "tab.period": "Choose how long",
  "tab.details": "Your phone",
  "tab.code": "Enter the code",

  "home.heading": "Stop gambling, for a while or for good",
  "home.lead":
    "From the moment you confirm, no licensed gambling company in Kenya may take your bets. No account is needed, and nobody asks why.",
  "home.start": "Stop gambling",
  "home.see": "See my exclusion",
  "home.how": "How it works",
  "home.how-period": "Choose for how long: from 24 hours to permanently.",
  "home.how-phone": "Give your phone number. We send you a code by SMS.",
  "home.how-code": "Enter the code. You are excluded at once and get a receipt.",
  "home.privacy": "Who can see it",
  "home.privacy-text":
    "No company gets a list of the people in the register. A company can only ask whether it may serve a customer of its own.",

  "meaning.heading": "What it means",
  "meaning.no-bets": "Licensed gambling companies in Kenya may not take your bets, open an account for you or send you adverts.",
  "meaning.at-once": "It counts at once, from the moment you confirm.",
  "meaning.no-undo": "It cannot be shortened or undone before its end. You can make it longer at any time.",
  "meaning.money": "You can still withdraw your money from your accounts.",
  "meaning.unlicensed": "It does not reach companies that have no licence.",

  "period.heading": "Stop gambling",
  "period.legend": "For how long?",
  "period.longer": "Longer breaks",
  "period.evidence":
    "In research, breaks of a few weeks mostly ended with a return to gambling. Breaks of more than three months mostly did not.",
  "period.shorter": "Short breaks",
  "period.24h": "24 hours",
  "period.7d": "7 days",
  "period.30d": "30 days",
  "period.6m": "6 months",
  "period.1y": "1 year",
  "period.5y": "5 years",
  "period.permanent": "Permanently",
  "period.automatic": "Ends by itself: {until}.",
  "period.confirmed": "At least until {until}. After that it stays until you end it.",
  "period.no-end": "It has no end. You can ask for a review from {review}.",

  "details.heading": "Your phone number",
  "details.lead": "We send a code to this number, to be sure that it is yours.",
  "details.phone": "Kenyan mobile number",
  "details.phone-hint": "For example 0712 345 678",
  "details.document": "Identity document, if you have it at hand",
  "details.document-hint": "It lets companies recognise you even with another phone number. You may leave it empty.",
  "details.kind": "Kind of document",
  "details.number": "Number of the document",
  "details.check":
    "Name and date of birth let us check the document with the state’s register of persons. Without them its number counts for some days only.",
  "details.send": "Send me the code",

  "kind.msisdn": "Mobile number",
  "kind.national_id": "National ID",
  "kind.passport": "Passport",
  "kind.alien_id": "Foreigner’s ID (alien card)",
  "kind.refugee_id": "Refugee ID",
  "kind.military_id": "Military ID",

  "code.heading": "Enter the code",
  "code.sent": "We have sent an SMS with a code of 6 digits to this number:",
  "code.sent-again": "We have sent you another code. Only the newest one works.",
  "code.summary": "You are about to confirm",
  "code.label": "Code from the SMS",
  "code.hint": "6 digits",
  "code.warning": "When you confirm, it counts at once and cannot be undone before its end.",
  "code.confirm": "Confirm and stop now",
  "code.again": "Send the code again",

  "help.heading": "You are not alone",
  "help.text":
    "Talk to someone you trust. If you are in danger or think of harming yourself, go to the nearest health facility now.",
  "help.lines": "These lines are there for you:",

  "sms.code": "NSER: your code is {code}. It works for {minutes} minutes. Give it to nobody.",
} as const;
