import type { Words } from "../catalogue.ts";

export const signIn: Words<"signIn"> = {
  "tab.sign-in": "Ingia",
  "tab.sign-up": "Akaunti yako",

  "sign-in.heading": "Ingia kwenye akaunti yako",
  "sign-in.lead": "Kwa nambari yako ya simu na nenosiri lako. Huhitaji akaunti ili kuacha kamari.",
  "sign-in.password": "Nenosiri",
  "sign-in.submit": "Ingia",
  "sign-in.new": "Fungua akaunti",
  "sign-in.forgotten": "Weka nenosiri jipya",
  "sign-in.a-browser": "kivinjari kisichojulikana",

  "sign-up.heading": "Fungua akaunti",
  "sign-up.lead": "Ukiwa na akaunti unarudi bila kuomba msimbo mpya kila mara. Huihitaji ili kuacha kamari.",
  "sign-up.adults": "Lazima uwe na umri wa miaka 18 au zaidi ili uwe na akaunti.",
  "sign-up.password": "Chagua nenosiri",
  "sign-up.password-hint": "Angalau herufi 8. Maneno machache pamoja ni rahisi kukumbuka na ni vigumu kukisia.",
  "sign-up.submit": "Fungua akaunti yangu",
  "sign-up.change": "Badilisha nilichoandika",
  "sign-up.taken": "Nambari hii tayari ina akaunti",
  "sign-up.taken-text": "Hakuna kilichofunguliwa wala kubadilishwa. Ingia kwa nenosiri lake, au weka jipya kama hulijui.",

  "error.too-young": "Lazima uwe na umri wa miaka 18 au zaidi ili uwe na akaunti. Huihitaji ili kuacha kamari.",
  "error.sign-in-failed": "Nambari hii na nenosiri hili havilingani. Angalia vyote viwili.",
  "error.sign-in-locked":
    "Manenosiri mengi yasiyo sahihi yamewekwa kwa nambari hii. Jaribu tena baada ya {minutes, plural, one {dakika moja} other {dakika #}}.",
  "error.too-many-tries":
    "Watu wengi wanajaribu kuingia kutoka kwa mtandao wako. Jaribu tena baada ya {minutes, plural, one {dakika moja} other {dakika #}}.",

  "sms.signed-in": "NSER: akaunti yako imeingiwa {at}, kwa {device}. Kama si wewe, weka nenosiri jipya mara moja.",
};
