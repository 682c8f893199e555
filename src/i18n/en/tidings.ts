export const tidings = {
  "sms.case-heard": "NSER: there is a request about you, {reference}. You can say what you think of it: see your page.",
  "sms.case-decided": "NSER: {reference} was decided. What was decided is on your page.",
  "sms.case-appealed": "NSER: there is an appeal in {reference}. See your page.",
} as const;
