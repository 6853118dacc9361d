/** The growth curves as a picture (SVG), both scales logarithmic. */
import type { Point } from './growth.ts';

const size = { width: 780, height: 460, left: 70, right: 215, top: 40, bottom: 60 };
const curves = [
  { key: 'audit', name: 'whole audit', colour: '#b4451f' },
  { key: 'parse', name: 'JSON.parse alone', colour: '#5b6770' },
  { key: 'change', name: 'one change, bytes to finding', colour: '#1f6fb4' },
] as const;
const least = { x: 100, y: 0.1 };
const most = { x: 100_000, y: 10_000 };

export function picture(points: readonly Point[]): string {
  const title = 'Cost by size of the estate';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${title}" font-family="sans-serif" font-size="13">`,
    `<rect width="${size.width}" height="${size.height}" fill="#fff"/>`,
    text(size.left, 24, title, 'font-size="16"'),
    ...decades(least.x, most.x).flatMap((value) => [
      line([x(value), y(least.y)], [x(value), y(most.y)]),
      text(x(value), size.height - size.bottom + 20, value.toLocaleString('en'), 'text-anchor="middle"'),
    ]),
    ...decades(least.y, most.y).flatMap((value) => [
      line([x(least.x), y(value)], [x(most.x), y(value)]),
      text(size.left - 8, y(value) + 4, durationText(value), 'text-anchor="end"'),
    ]),
    text((x(least.x) + x(most.x)) / 2, size.height - 14, 'units', 'text-anchor="middle"'),
    ...curves.flatMap((curve) => drawn(curve, points)),
    '</svg>\n',
  ].join('\n');
}

function drawn({ key, name, colour }: (typeof curves)[number], points: readonly Point[]): readonly string[] {
  const places = points.map((point) => [x(point.units), y(point[key])] as const);
  const [lastX = 0, lastY = 0] = places.at(-1) ?? [];
  const path = places.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(' ');
  return [
    `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2.5"/>`,
    ...places.map(
      ([px, py]) => `<circle cx="${px.toFixed(1)}" cy="${py.toFixed(1)}" r="4" fill="${colour}"/>`,
    ),
    text(lastX + 10, lastY + 4, name, `fill="${colour}"`),
  ];
}

function x(units: number): number {
  const part = Math.log10(units / least.x) / Math.log10(most.x / least.x);
  return size.left + part * (size.width - size.left - size.right);
}

function y(ms: number): number {
  const part = Math.log10(Math.max(ms, least.y) / least.y) / Math.log10(most.y / least.y);
  return size.height - size.bottom - part * (size.height - size.top - size.bottom);
}

function decades(from: number, to: number): readonly number[] {
  const count = Math.round(Math.log10(to / from));
  return Array.from({ length: count + 1 }, (_, n) => Number((from * 10 ** n).toPrecision(1)));
}

function durationText(ms: number): string {
  return ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`;
}

function line([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): string {
  return `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="#d9dee2"/>`;
}

function text(left: number, top: number, words: string, attributes = ''): string {
  return `<text x="${left.toFixed(1)}" y="${top.toFixed(1)}" ${attributes}>${words}</text>`;
}
