/**
 * How long (ms) a test waits for what has to come. It is meant for a machine many times slower than usual, or with much
 * else to do: what comes sooner is not waited for any longer, so that only a test that fails takes this time.
 */
export const patience = 240_000;
