/** Told by a command with which exit code it ends. */
export type Finish = (code: number) => void;
