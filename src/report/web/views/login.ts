import { html, nothing, type Html } from '../../html-template.js';
import { document, mark } from './layout.js';

export interface LoginSheet {
  readonly csrf: string;
  /** Where to go on afterwards. */
  readonly next: string;
  readonly byToken: boolean;
  readonly byOidc: boolean;
  /** Why it did not work just now. */
  readonly wrong: string | undefined;
}

export function loginPage(sheet: LoginSheet): Html {
  const { next, byToken, byOidc, wrong } = sheet;
  return document(
    'Log in',
    html`<main id="main" class="alone" tabindex="-1">
      <div class="card">
        <h1 class="brand">${mark} Holdfast</h1>
        ${wrong === undefined ? nothing : html`<p class="notice bad" role="alert">${wrong}</p>`}
        ${byOidc ? html`<p><a class="button" href="/oidc/start?next=${encodeURIComponent(next)}">Log in with single sign-on</a></p>` : nothing}
        ${byToken ? tokenForm(sheet) : nothing}
        ${byToken || byOidc ? nothing : html`<p>Nobody is asked here who he is. <a href="/">To the overview</a></p>`}
      </div>
    </main>`,
  );
}

function tokenForm({ csrf, next, wrong }: LoginSheet): Html {
  const state = wrong === undefined ? nothing : html`aria-invalid="true"`;
  return html`<form method="post" action="/login" class="fields">
    <input type="hidden" name="_csrf" value="${csrf}" />
    <input type="hidden" name="next" value="${next}" />
    <label for="token">Token</label>
    <input id="token" name="token" type="password" autocomplete="current-password" required ${state} />
    <button>Log in</button>
  </form>`;
}
