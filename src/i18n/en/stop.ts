export const stop = {
  "tab.stop": "24 hours",

  "stop.now": "Stop for 24 hours now",
  "stop.hint": "At once, without questions. You can make it longer afterwards.",
  "stop.heading": "Stop for 24 hours",
  "stop.lead": "It counts at once and ends by itself: {until}.",
  "stop.for": "For this number:",
  "stop.press": "Stop now",
  "stop.already": "You are already excluded",
  "stop.already-text": "Your exclusion lasts longer than the next 24 hours. Nothing more is needed.",
} as const;
