export const number = {
  "tab.number": "Your number",

  "number.heading": "This number was somebody else’s before",
  "number.lead":
    "Networks give unused numbers to new customers. If whoever had yours before excluded themself, companies refuse you too. Say who you are: we check it with the state’s register of persons and release the number.",
  "number.only": "Only the number is released. Who had it before stays excluded by everything else.",
  "number.document": "Your identity document",
  "number.confirm": "Release the number",
  "number.released": "The number is released",
  "number.released-text": "Within a few seconds no company refuses you because of who had it before.",
  "number.officer": "An officer decides",
  "number.officer-text": "This could not be decided by itself. An officer of the regulator looks at it, and you get an SMS. Your reference:",
  "number.nothing-to-release": "Nothing holds this number",
  "number.nothing-to-release-text": "The register knows nobody by it. If a company refuses you, the reason is another.",
  "number.mismatch":
    "The state’s register of persons does not know this document together with this name and date of birth. Check each and try again. If all is right, have the record corrected where the document was issued.",
  "number.kept": "The number stays as it is",
  "number.kept-text":
    "By what you gave us the number has not changed hands. An exclusion cannot be ended this way. If you think this is wrong, tell the regulator.",

  "sms.claim-released": "NSER: your request {reference} was granted. The number is released.",
  "sms.claim-refused": "NSER: your request {reference} was not granted. The number stays as it is.",
} as const;
