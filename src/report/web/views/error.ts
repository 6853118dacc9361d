import { html, type Html } from '../../html-template.js';
import { document } from './layout.js';

const titles: Readonly<Record<number, string>> = {
  401: 'Who is there?',
  403: 'Not for you',
  404: 'Not found',
  405: 'Not that way',
  421: 'Not our name',
  422: 'That does not go',
  429: 'Too many requests',
  503: 'Not now',
};

/** One sentence on a page of its own, with the way back. */
export function errorPage(status: number, sentence: string): Html {
  return document(
    titles[status] ?? 'This could not be shown',
    html`<main id="main" class="alone" tabindex="-1">
      <div class="card">
        <p class="soft">${status}</p>
        <h1>${titles[status] ?? 'This could not be shown'}</h1>
        <p>${sentence}</p>
        <p><a href="/">To the overview</a></p>
      </div>
    </main>`,
  );
}
