import { z } from 'zod';
import { webRoles } from '../../core/policy/web.js';
import { duration, text } from './parts.js';

const Role = z.enum(webRoles).meta({
  description: 'viewer looks; approver approves, denies, clears, pauses and resumes, too.',
});

const Token = z.strictObject({
  name: text.max(100).meta({ description: 'In whose name it speaks: the audit trail has it.' }),
  file: text.meta({ description: 'File of mode 0600 with the token; relative to the policy file.' }),
  role: Role,
});

const Tls = z.strictObject({
  certFile: text.meta({ description: 'PEM file with the certificate and its chain.' }),
  keyFile: text.meta({ description: 'PEM file of mode 0600 with the private key.' }),
});

const origin = z
  .string()
  .regex(/^https?:\/\/[^/?#\s]+\/?$/, 'write scheme and host, as in https://holdfast.example');

const issuer = z
  .string()
  .regex(/^(https:\/\/|http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])[:/])\S+$/, 'write an https URL');

const Oidc = z.strictObject({
  issuer: issuer.meta({ description: 'URL of the identity provider; its metadata are read from there.' }),
  clientId: text,
  clientSecretFile: text.exactOptional().meta({
    description: 'File of mode 0600 with the secret; a public client where it is left out.',
  }),
  caFile: text.exactOptional().meta({ description: "PEM file with the provider's own CA." }),
  scopes: z.array(text).exactOptional().meta({ description: 'openid, profile and email unless given.' }),
  nameClaim: text.exactOptional().meta({ description: 'email unless given.' }),
  roleClaim: text.exactOptional().meta({ description: 'groups unless given.' }),
  roles: z
    .strictObject({ viewer: z.array(text).exactOptional(), approver: z.array(text).exactOptional() })
    .refine(({ viewer = [], approver = [] }) => viewer.length + approver.length > 0, 'lets nobody in')
    .meta({ description: 'Values of the claim that give a role; * is everybody who can log in.' }),
});

/** `web`: who may use the page and its API, and how it is served. */
export const WebKeys = z
  .strictObject({
    tokens: z.array(Token).exactOptional(),
    oidc: Oidc.exactOptional(),
    tls: Tls.exactOptional(),
    url: origin.exactOptional().meta({ description: 'How people reach it: https://holdfast.example.' }),
    hosts: z
      .array(z.string().regex(/^[\w.-]+$/, 'write a host name without port'))
      .exactOptional()
      .meta({ description: 'More host names under which it may be asked for, such as that of a service.' }),
    session: duration.exactOptional().meta({ description: 'After that one logs in again; 8h unless given.' }),
    proxied: z.boolean().exactOptional().meta({
      description:
        'A proxy in front speaks TLS: only then may it listen beyond this machine without its own.',
    }),
    metrics: z.enum(['open', 'login']).exactOptional().meta({
      description: 'Whether /metrics wants a token; open unless given.',
    }),
  })
  .refine(({ oidc, url }) => oidc === undefined || url !== undefined, {
    path: ['url'],
    error: 'goes with oidc: the provider sends people back to it',
  })
  .meta({ description: 'Who may use the page and its API, and how they are served.' });

export type WebEntry = z.output<typeof WebKeys>;
