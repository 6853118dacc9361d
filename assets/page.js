/* Keeps the page fresh: what has changed is fetched again and put in its place. Without it the page works all the same. */
(() => {
  'use strict';
  const state = document.getElementById('liveness');
  if (state === null || !('EventSource' in window)) return;

  const betweenMs = 2000;
  let revision;
  let isBusy = false;
  let isStale = false;
  let last = 0;

  const tell = (text) => {
    if (state.textContent !== text) state.textContent = text;
  };

  /** Somebody types there: it is left alone until the page is loaded again. */
  const isInUse = (part) => {
    const active = document.activeElement;
    if (active !== null && part.contains(active) && active.matches('input, select, textarea')) return true;
    return [...part.querySelectorAll('input:not([type=hidden]), textarea')].some(
      (one) => one.value !== one.defaultValue,
    );
  };

  const focusedIn = (part) => {
    const active = document.activeElement;
    if (active === null || !part.contains(active)) return undefined;
    if (active.id !== '') return `#${CSS.escape(active.id)}`;
    if (active.matches('summary')) return `#${CSS.escape(active.parentElement.id)} > summary`;
    return active.matches('a[href]') ? `a[href="${CSS.escape(active.getAttribute('href'))}"]` : undefined;
  };

  const replace = (old, fresh) => {
    if (isInUse(old)) return;
    for (const fold of old.querySelectorAll('details[id]')) {
      const same = fresh.querySelector(`#${CSS.escape(fold.id)}`);
      if (same !== null) same.open = fold.open;
    }
    if (old.isEqualNode(fresh)) return;
    const focused = focusedIn(old);
    old.replaceChildren(...fresh.childNodes);
    if (focused !== undefined) old.querySelector(focused)?.focus({ preventScroll: true });
  };

  const refresh = async () => {
    const answer = await fetch(location.href, {
      headers: { 'x-holdfast-live': '1', accept: 'text/html' },
      redirect: 'manual',
    });
    if (answer.type === 'opaqueredirect') {
      location.reload();
      return;
    }
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const part of document.querySelectorAll('[data-live][id]')) {
      const same = fresh.getElementById(part.id);
      if (same !== null) replace(part, document.importNode(same, true));
    }
  };

  const soon = () => {
    isStale = true;
    if (isBusy || document.hidden) return;
    isBusy = true;
    setTimeout(
      async () => {
        isStale = false;
        last = Date.now();
        try {
          await refresh();
        } catch {
          isStale = true;
        }
        isBusy = false;
        if (isStale) soon();
      },
      Math.max(0, last + betweenMs - Date.now()),
    );
  };

  const events = new EventSource('/events');
  events.addEventListener('news', ({ data }) => {
    tell('live');
    const now = JSON.parse(data).revision;
    if (revision !== undefined && now !== revision) soon();
    revision = now;
  });
  events.addEventListener('error', () => {
    tell(events.readyState === EventSource.CLOSED ? 'not live: load the page again' : 'connecting again …');
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && isStale) soon();
  });
  addEventListener('pagehide', () => events.close());
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
})();
