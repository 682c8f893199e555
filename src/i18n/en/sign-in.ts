export const signIn = {
  "tab.sign-in": "Sign in",
  "tab.sign-up": "Your account",

  "sign-in.heading": "Sign in to your account",
  "sign-in.lead": "With your phone number and your password. You need no account to stop gambling.",
  "sign-in.password": "Password",
  "sign-in.submit": "Sign in",
  "sign-in.new": "Make an account",
  "sign-in.forgotten": "Set a new password",
  "sign-in.a-browser": "an unknown browser",

  "sign-up.heading": "Make an account",
  "sign-up.lead": "With an account you come back without a new code each time. You need none to stop gambling.",
  "sign-up.adults": "You must be 18 or older to have an account.",
  "sign-up.password": "Choose a password",
  "sign-up.password-hint": "At least 8 characters. A few words together are easy to remember and hard to guess.",
  "sign-up.submit": "Make my account",
  "sign-up.change": "Change what I typed",
  "sign-up.taken": "This number already has an account",
  "sign-up.taken-text": "Nothing was made and nothing was changed. Sign in with its password, or set a new one if you do not know it.",

  "error.too-young": "You must be 18 or older to have an account. You need none to stop gambling.",
  "error.sign-in-failed": "This number and this password do not go together. Check both.",
  "error.sign-in-locked": "There were too many wrong passwords for this number. Try again in {minutes, plural, one {one minute} other {# minutes}}.",
  "error.too-many-tries":
    "Too many people are trying to sign in from your network. Try again in {minutes, plural, one {one minute} other {# minutes}}.",

  "sms.signed-in": "NSER: your account was signed in to on {at}, with {device}. If it was not you, set a new password at once.",
} as const;
