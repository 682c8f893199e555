/** What the log holds and what was published differ, or its own storage contradicts itself: people have to look. The message is why. */
export class Halted extends Error {}
