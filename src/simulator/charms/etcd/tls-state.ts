/** Which units of an etcd application speak TLS on which side, and who may restart next. */
import type { SimApplication, SimUnit } from '../../world/state.js';
import type { PortSigner } from '../../world/unit-ports.js';

export type Side = 'peer' | 'client';

export const sides: readonly Side[] = ['peer', 'client'];

interface Waiting {
  readonly side: Side;
  readonly start: () => void;
}

export interface TlsState {
  readonly units: Map<SimUnit, Map<Side, PortSigner>>;
  readonly waiting: Waiting[];
  restarting: boolean;
}

const states = new WeakMap<SimApplication, TlsState>();

export function tlsOf(application: SimApplication): TlsState {
  const known = states.get(application);
  if (known !== undefined) return known;
  const fresh: TlsState = { units: new Map(), waiting: [], restarting: false };
  states.set(application, fresh);
  return fresh;
}

/** The provider whose certificate the unit uses on this side; undefined while it speaks plain text. */
export function providerOf(unit: SimUnit, side: Side): PortSigner | undefined {
  return tlsOf(unit.application).units.get(unit)?.get(side);
}

export function setProvider(unit: SimUnit, side: Side, provider: PortSigner | undefined): void {
  const { units } = tlsOf(unit.application);
  const own = units.get(unit) ?? new Map<Side, PortSigner>();
  if (provider === undefined) own.delete(side);
  else own.set(side, provider);
  units.set(unit, own);
}

/** One unit restarts at a time; a waiting peer change goes before a client change, as the charm orders them. */
export function takeTurn(application: SimApplication, side: Side, start: () => void): void {
  const state = tlsOf(application);
  state.waiting.push({ side, start });
  next(state);
}

export function endTurn(application: SimApplication): void {
  const state = tlsOf(application);
  state.restarting = false;
  next(state);
}

function next(state: TlsState): void {
  if (state.restarting) return;
  const index = Math.max(
    0,
    state.waiting.findIndex(({ side }) => side === 'peer'),
  );
  const [turn] = state.waiting.splice(index, 1);
  if (turn === undefined) return;
  state.restarting = true;
  turn.start();
}
