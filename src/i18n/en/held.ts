export const held = {
  "tab.held": "Who keeps a token",
  "held.heading": "Which companies hold a token for me",
  "held.lead":
    "A company that has your phone number or document can get a token for it: a sign with which it asks whether it may serve you. While you are excluded, the register notes which companies hold one.",
  "held.none": "No company is noted here.",
  "held.issued": "was turned into a token for them",
  "held.checked": "they asked with a token, and it found you",
  "held.days": "First on {first}, last on {last}",
  "held.switch": "Tell me also when I am not excluded",
  "held.switch-text":
    "If this is on, the register notes from then on which companies hold a token for you, excluded or not. When you are not excluded only you can see it. Turned off, what was kept for this alone is deleted.",
  "held.on": "It is on since {date}.",
  "held.off": "It is off.",
  "held.turn-on": "Turn it on",
  "held.turn-off": "Turn it off",
  "held.read": "They read which exclusion a company’s token belongs to",
  "activity.holdings.asked": "You asked to be told which companies hold a token for you",
  "activity.holdings.stopped": "You no longer wanted to be told which companies hold a token for you",
} as const;
