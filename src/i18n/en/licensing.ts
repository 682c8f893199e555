export const licensing = {
  "sms.invited": "NSER: you are invited to a role. Sign in with this number, or make an account with it, and open Invitations within 14 days.",
  "sms.licence-expires": "NSER: your company's licence {number} expires on {date}. Renew it in time: see your page.",
} as const;
