import { z } from 'zod';

/** 0 to 100; null when there is nothing to weigh. */
export const ScoreName = z.number().min(0).max(100).nullable();
