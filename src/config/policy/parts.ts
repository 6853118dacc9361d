import { z } from 'zod';

/** A text that is not empty. */
export const text = z.string().trim().min(1, 'is empty');
const pattern = text.meta({ description: 'A name; * stands for any characters, ? for one.' });
/** How long something lasts; `seconds` reads it. */
export const duration = z
  .string()
  .regex(/^\s*\d+(\.\d+)?(ms|s|m|h|d|w)\s*$/, 'write a number and ms, s, m, h, d or w, as in 15s or 30d')
  .meta({ description: 'A duration such as 15s or 30d.' });

/** What a part of the policy is about. */
export const Match = z
  .strictObject({
    controller: pattern.exactOptional(),
    model: pattern.exactOptional(),
    application: pattern.exactOptional(),
    guide: pattern.exactOptional(),
    control: pattern.exactOptional(),
  })
  .meta({ description: 'What it applies to; what is left out matches everything.' });
