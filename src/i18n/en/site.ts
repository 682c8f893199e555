export const site = {
  "tab.site": "{title} – NSER",
  "tab.error": "Error: {title}",
  "tab.problem": "This did not work",

  "site.name": "National Self-Exclusion Register",
  "site.country": "Kenya",

  "nav.skip": "Skip to the main content",
  "nav.exit": "Leave quickly",
  "nav.exit-hint": "“Leave quickly” opens another website. It does not clear your browsing history.",
  "nav.language": "Language",
  "nav.draft": "This translation has not been reviewed yet. Where it is unclear, the English text counts.",
  "nav.home": "Home page",
  "nav.step": "Step {step} of {steps}",

  "date.instant": "{date}, {time}",
  "date.no-end": "no end",

  "action.continue": "Continue",
  "action.start-again": "Start again",
  "action.try-again": "Try again",
  "action.change-period": "Change how long",
  "action.change-phone": "Change the number",

  "problem.start-again": "Let us start again",
  "problem.start-again-text":
    "This is a step in the middle of a form, and its beginning is missing. What is in force stays in force.",
  "problem.not-found": "There is nothing here",
  "problem.not-found-text": "The address may be mistyped, or what it showed is not yours to see.",
  "problem.too-large": "This is more than the form can hold",
  "problem.unreadable": "This form could not be read",
  "problem.foreign": "This form did not come from our page",
  "problem.foreign-text": "To protect you, we only take forms filled in on this site.",
  "problem.unavailable": "This does not work just now",
  "problem.unavailable-text":
    "Nothing was lost. Nothing is recorded unless you see a receipt. Try again: the same form is never counted twice.",
  "problem.too-many-calls": "This is too much at once",
  "problem.too-many-calls-text": "Your account has asked very often in the last minute. Wait a minute and try again.",
} as const;
