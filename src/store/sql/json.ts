import { JournalTrouble } from './engine.js';

/** What was written as JSON. @throws JournalTrouble when somebody or something has damaged it. */
export function readJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new JournalTrouble(
      { state: 'corrupt', reason: `the journal is damaged: ${what} cannot be read` },
      error,
    );
  }
}
