import { assets } from '../assets.js';
import type { Principal } from '../access/principal.js';
import type { Notice } from '../access/sessions.js';
import { html, nothing, time, type Html } from '../../html-template.js';
import type { Shown } from '../shown.js';
import type { Link, Sheet } from './view.js';

const entries: readonly Link[] = [
  { to: '/', text: 'Overview' },
  { to: '/models', text: 'Models' },
  { to: '/findings', text: 'Findings' },
  { to: '/plans', text: 'Plans' },
  { to: '/orders', text: 'Orders' },
  { to: '/waivers', text: 'Waivers' },
  { to: '/audit', text: 'Audit trail' },
  { to: '/controls', text: 'Controls' },
];

export interface Frame {
  /** The path asked for. */
  readonly path: string;
  readonly who: Principal;
  /** For the form that logs out; absent where nobody is logged in. */
  readonly csrf: string | undefined;
  readonly notice: Notice | undefined;
  readonly shown: Shown;
}

/** A whole page. */
export function layout({ title, trail = [], body }: Sheet, frame: Frame): Html {
  const main = html`${crumbs(trail)}
    <h1>${title}</h1>
    ${noticeBox(frame.notice)} ${body}`;
  return document(
    title,
    html`${top(frame)}
      <main id="main" tabindex="-1">${main}</main>
      ${bottom(frame.shown)}`,
  );
}

/** What every document has, also the ones without a way on. */
export function document(title: string, body: Html): Html {
  const { style, script, icon } = assets();
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Holdfast</title>
        <link rel="icon" type="image/svg+xml" href="${icon.path}" />
        <link rel="stylesheet" href="${style.path}" />
        <script src="${script.path}" defer></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        ${body}
      </body>
    </html>`;
}

function top({ path, who, csrf }: Frame): Html {
  return html`<header class="top">
    <a class="brand" href="/">${mark} Holdfast</a>
    <nav aria-label="Main">
      <ul>
        ${entries.map((entry) => navItem(entry, path))}
      </ul>
    </nav>
    ${person(who, csrf)}
  </header>`;
}

export const mark = html`<svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
  <path d="M12 2 4 5v6c0 5 3.4 9 8 11 4.6-2 8-6 8-11V5z" />
  <path class="tick" d="m8.2 12 2.7 2.7 5-5.2" />
</svg>`;

function navItem({ to, text }: Link, path: string): Html {
  const isHere = to === path ? 'page' : isWithin(to, path) ? 'true' : undefined;
  return html`<li>
    <a href="${to}" ${isHere === undefined ? nothing : html`aria-current="${isHere}"`}>${text}</a>
  </li>`;
}

function isWithin(to: string, path: string): boolean {
  if (to === '/models' && path.startsWith('/places')) return true;
  return to !== '/' && path.startsWith(`${to}/`);
}

function person({ name, role }: Principal, csrf: string | undefined): Html {
  if (name === '') return html`<p class="person soft">read-only</p>`;
  return html`<form class="person" method="post" action="/logout">
    <span>${name} <span class="soft">${role}</span></span>
    <input type="hidden" name="_csrf" value="${csrf}" />
    <button class="quiet">Log out</button>
  </form>`;
}

function crumbs(trail: readonly Link[]): Html {
  if (trail.length === 0) return nothing;
  return html`<nav aria-label="Above this page" class="crumbs">
    ${trail.map(({ to, text }) => html`<a href="${to}">${text}</a>`)}
  </nav>`;
}

export function noticeBox(notice: Notice | undefined): Html {
  if (notice === undefined) return nothing;
  return html`<p class="notice ${notice.kind}" role="${notice.kind === 'bad' ? 'alert' : 'status'}">
    ${notice.text}
  </p>`;
}

function bottom({ report }: Shown): Html {
  const { generatedAt, source, tool, policy } = report;
  return html`<footer>
    <p>
      <span>${source.name === '' ? 'no controller' : source.name}</span>
      <span>as of ${time(generatedAt)}</span> <span>${tool.name} ${tool.version}</span>
      <span>policy <code>${policy.hash.slice(0, 12)}</code></span>
      <span id="liveness" role="status"></span>
    </p>
    <p>
      <a href="/report.html">Report as one file</a> <a href="/report.json">JSON</a>
      <a href="/api/v1/openapi.json">API</a>
    </p>
  </footer>`;
}
