import { z } from 'zod';
import type { Grant } from './grants.js';
import { areFew, isKeys, oneOrMore, tooMany } from './parts.js';

const resources = z
  .union([z.string().max(2048), z.array(z.string().max(2048))])
  .transform((given) => (typeof given === 'string' ? [given] : given));

const Statement = z
  .strictObject({
    Sid: z.string().exactOptional(),
    Effect: z.enum(['Allow', 'Deny']),
    Action: oneOrMore.exactOptional(),
    NotAction: oneOrMore.exactOptional(),
    Resource: resources.exactOptional(),
    NotResource: resources.exactOptional(),
    Condition: z.record(z.string(), z.unknown()).exactOptional(),
  })
  .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined), {
    error: 'needs either Action or NotAction',
  })
  .refine(({ Resource, NotResource }) => (Resource === undefined) !== (NotResource === undefined), {
    error:
      'needs either Resource or NotResource: a policy without them says who may take a role, not what it may do',
  });

type Statement = z.output<typeof Statement>;

const Document = z
  .strictObject({
    Version: z.enum(['2012-10-17', '2008-10-17']).exactOptional(),
    Id: z.string().exactOptional(),
    Statement: z.array(Statement).min(1, 'is empty').max(1000, 'has more than 1000 statements'),
  })
  .refine(({ Statement: all }) => areFew(all.flatMap((one) => [one.Action, one.NotAction])), tooMany);

/**
 * An IAM policy for an identity, as AWS's policy grammar has it; also inside what `aws iam get-policy-version`,
 * `get-user-policy` and `get-role-policy` print.
 */
export const awsPolicy = z
  .preprocess(bare, Document)
  .transform(({ Statement: all }): readonly Grant[] => all.map(grantOf));

function bare(value: unknown): unknown {
  if (!isKeys(value)) return value;
  if (isKeys(value['PolicyVersion'])) return bare(value['PolicyVersion']['Document']);
  if (isKeys(value['PolicyDocument'])) return bare(value['PolicyDocument']);
  return isKeys(value['Statement']) ? { ...value, Statement: [value['Statement']] } : value;
}

function grantOf(statement: Statement): Grant {
  const { Effect, Action, NotAction } = statement;
  return {
    effect: Effect === 'Allow' ? 'allow' : 'deny',
    actions: Action ?? ['*'],
    except: NotAction ?? [],
    limits: limitsOf(statement),
  };
}

function limitsOf({ Resource = [], NotResource, Condition }: Statement): string[] {
  return [
    ...(Condition === undefined || Object.keys(Condition).length === 0 ? [] : ['a Condition']),
    ...(NotResource === undefined ? [] : ['NotResource']),
    ...(NotResource !== undefined || Resource.includes('*') ? [] : ['certain resources']),
  ];
}
