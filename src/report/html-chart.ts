import { millis } from '../core/time.js';
import { html, nothing, time, type Html } from './html-template.js';

interface Point {
  readonly at: string;
  /** 0 to 100; null when there was nothing to weigh. */
  readonly score: number | null;
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

/** The picture's coordinates: some room on the left for the scale, and above and below for half a letter. */
const left = 32;
const width = 668;
const top = 10;
const height = 140;

/** Scores over time as a line; oldest on the left. Nothing where there are not two moments to tell apart. */
export function scoreChart(points: readonly Point[]): Html {
  const spots = spotsOf(points);
  const [first] = spots;
  const last = spots.at(-1);
  if (first === undefined || last === undefined || first.x === last.x) return nothing;
  const path = spots.map(({ x, y }) => `${x},${y}`).join(' ');
  return html`<figure class="card chart">
    <svg viewBox="0 0 720 170" role="img" aria-label="Score over time: ${first.label}; then ${last.label}">
      ${[0, 50, 100].map(gridLine)}
      <polyline points="${path}" />
      ${spots.map(
        ({ x, y, label }) => html`<circle cx="${x}" cy="${y}" r="4"><title>${label}</title></circle>`,
      )}
    </svg>
    <figcaption class="meta">
      <span>${time(points[0]?.at ?? '')}</span> <span>score over time</span>
      <span>${time(points.at(-1)?.at ?? '')}</span>
    </figcaption>
  </figure>`;
}

function gridLine(score: number): Html {
  const y = heightOf(score);
  return html`<line x1="${left}" x2="${left + width}" y1="${y}" y2="${y}" />
    <text x="${left - 6}" y="${y + 4}">${score}</text>`;
}

function heightOf(score: number): number {
  return round(top + height * (1 - score / 100));
}

function spotsOf(points: readonly Point[]): readonly Spot[] {
  const times = points.map(({ at }) => millis(at)).filter(Number.isFinite);
  const begin = Math.min(...times);
  const span = Math.max(...times) - begin;
  return points.flatMap(({ at, score }) => {
    const moment = millis(at);
    if (score === null || !Number.isFinite(moment)) return [];
    const x = round(left + (span === 0 ? 0 : (width * (moment - begin)) / span));
    return [{ x, y: heightOf(score), label: `${score.toFixed(1)} at ${at}` }];
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
