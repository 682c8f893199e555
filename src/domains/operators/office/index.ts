/** The door to the office's copy of the directory, for what follows Register. */
export { copyOfDirectory } from "./project.ts";
export { dropOlder as dropOlderDirectory } from "./store.ts";
