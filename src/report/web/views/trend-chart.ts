import { millis } from '../../../core/time.js';
import { html, nothing, time, type Html } from '../../html-template.js';
import type { TrendPoint } from '../trend.js';

/** The picture's coordinates; it is stretched to the room that there is. */
const width = 720;
const height = 120;
const mostPoints = 200;
const marks = [100, 75, 50, 25, 0] as const;

type Scored = TrendPoint & { readonly score: number };

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** The score over time, from where it began to where it stands. */
export function trendChart(points: readonly TrendPoint[]): Html {
  const scored = points.filter((point): point is Scored => point.score !== null);
  const [first] = scored;
  const last = scored.at(-1);
  if (first === undefined || last === undefined || first.at === last.at)
    return html`<p class="card empty trend">
      The score is noted every five minutes: here it will show how it went.
    </p>`;
  return html`<figure class="card trend">
    <div class="plot">
      <p class="scale" aria-hidden="true">
        ${marks.map((mark) => html`<span>${mark % 50 === 0 ? mark : ''}</span>`)}
      </p>
      ${picture(scored, first, last)}
    </div>
    <figcaption class="meta">
      <span>${brief(first.at, last.at)}</span> <span>${brief(last.at, first.at)}</span>
    </figcaption>
  </figure>`;
}

function picture(scored: readonly Scored[], first: Scored, last: Scored): Html {
  const spots = spotsOf(sampled(scored));
  const line = spots.map(({ x, y }) => `${x},${y}`).join(' ');
  const label = `Score from ${first.score.toFixed(1)} at ${first.at} to ${last.score.toFixed(1)} at ${last.at}`;
  return html`<svg
    viewBox="0 0 ${width} ${height}"
    preserveAspectRatio="none"
    role="img"
    aria-label="${label}"
  >
    ${marks.map((mark) => html`<line x1="0" x2="${width}" y1="${heightOf(mark)}" y2="${heightOf(mark)}" />`)}
    <polygon points="0,${height} ${line} ${width},${height}" />
    <polyline points="${line}" />
  </svg>`;
}

/** How much better or worse it has become since the trend began; nothing where that cannot be told. */
export function trendWord(points: readonly TrendPoint[]): Html {
  const [first, ...later] = points.filter((point): point is Scored => point.score !== null);
  const last = later.at(-1);
  if (first === undefined || last === undefined) return nothing;
  const change = round(last.score - first.score);
  const since = html`since ${brief(first.at, last.at)}`;
  if (change === 0) return html`<span class="meta">as ${since}</span>`;
  const [colour, sign] = change > 0 ? ['good', '+'] : ['high', '−'];
  return html`<span class="meta"
    ><b class="${colour}">${sign}${Math.abs(change).toFixed(1)}</b> ${since}</span
  >`;
}

/** The day alone where another moment is days away. */
function brief(at: string, other: string): Html {
  const isFar = Math.abs(millis(at) - millis(other)) > 2 * 86_400_000;
  return isFar ? html`<time datetime="${at}">${at.slice(0, 10)}</time>` : time(at);
}

function heightOf(score: number): number {
  return round(height - (height * score) / 100);
}

function sampled<T>(points: readonly T[]): readonly T[] {
  const every = Math.ceil(points.length / mostPoints);
  return points.filter((_point, index) => (points.length - 1 - index) % every === 0);
}

function spotsOf(points: readonly Scored[]): readonly Spot[] {
  const times = points.map(({ at }) => millis(at));
  const begin = Math.min(...times);
  const span = Math.max(...times) - begin;
  return points.map(({ score }, index) => {
    const share = span === 0 ? 0 : ((times[index] ?? begin) - begin) / span;
    return { x: round(width * share), y: heightOf(score) };
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
