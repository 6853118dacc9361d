import { Counter, Histogram, type Registry } from 'prom-client';
import type { Telemetry } from '../core/ports/index.js';
import { boundedLabel } from './metrics-labels.js';

/** Counters and durations of what happens, as the controller tells it. Durations are seconds. */
export function createTelemetry(registry: Registry): Telemetry {
  return {
    ...loopTelemetry(registry),
    ...driftTelemetry(registry),
    ...callTelemetry(registry),
    ...lookTelemetry(registry),
  };
}

function loopTelemetry(registry: Registry): Pick<Telemetry, 'reconciled' | 'evaluated'> {
  const reconciles = histogram(registry, 'reconcile_duration_seconds', 'Time of one reconcile.', {
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2, 10, 60, 300],
    labelNames: ['outcome'],
  });
  const evaluations = histogram(registry, 'evaluation_duration_seconds', 'Time of judging what changed.', {
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2],
  });
  return {
    reconciled: (outcome, time) => {
      reconciles.observe({ outcome }, seconds(time));
    },
    evaluated: (time) => {
      evaluations.observe(seconds(time));
    },
  };
}

function driftTelemetry(
  registry: Registry,
): Pick<Telemetry, 'drift' | 'fixed' | 'remediationEnded' | 'controlFailed'> {
  const control = boundedLabel(/^[A-Za-z0-9][\w.-]{0,63}$/, 1000);
  const state = boundedLabel(/^[A-Z][A-Za-z]{0,31}$/, 16);
  const reason = boundedLabel(/^[A-Z][A-Za-z0-9]{0,63}$/, 64);
  const drifts = counter(registry, 'drift_total', 'Findings that had passed and fell short.', ['control']);
  const fixes = counter(registry, 'fixes_total', 'Findings put right and seen to pass.', ['control']);
  const times = histogram(
    registry,
    'drift_to_fix_seconds',
    'From the first sight of a drift to its verified fix.',
    { buckets: [5, 15, 30, 60, 120, 300, 900, 3600, 14_400, 86_400] },
  );
  const ends = counter(registry, 'remediation_ends_total', 'Remediations by the state that they ended in.', [
    'state',
    'reason',
  ]);
  const failures = counter(registry, 'control_failures_total', 'Judgements that a control failed to give.', [
    'control',
  ]);
  return {
    controlFailed: (id) => {
      failures.inc({ control: control(id) });
    },
    drift: (id) => {
      drifts.inc({ control: control(id) });
    },
    fixed: (id, time) => {
      fixes.inc({ control: control(id) });
      times.observe(seconds(time));
    },
    remediationEnded: (end, why) => {
      ends.inc({ state: state(end), reason: reason(why) });
    },
  };
}

function callTelemetry(registry: Registry): Pick<Telemetry, 'cliCall' | 'probed'> {
  const word = /^[a-z][a-z-]{0,31}$/;
  const commandLabel = boundedLabel(word, 64);
  const outcomeLabel = boundedLabel(word, 16);
  const answerLabel = boundedLabel(word, 16);
  const calls = counter(registry, 'cli_calls_total', 'Calls of the juju CLI.', ['command', 'outcome']);
  const times = histogram(registry, 'cli_call_duration_seconds', 'Time of one call of the juju CLI.', {
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300],
    labelNames: ['command'],
  });
  const probes = counter(registry, 'probes_total', "Connections to units' ports by what they answered.", [
    'answer',
  ]);
  return {
    cliCall: (name, outcome, time) => {
      const command = commandLabel(name);
      calls.inc({ command, outcome: outcomeLabel(outcome) });
      times.observe({ command }, seconds(time));
    },
    probed: (answer) => {
      probes.inc({ answer: answerLabel(answer) });
    },
  };
}

function lookTelemetry(registry: Registry): Pick<Telemetry, 'looked'> {
  const looks = counter(registry, 'workload_looks_total', 'Looks into units by what came of them.', [
    'result',
  ]);
  const times = histogram(registry, 'workload_look_duration_seconds', 'Time of one look into a unit.', {
    buckets: [0.5, 1, 2.5, 5, 10, 30, 60, 120],
  });
  return {
    looked: (result, time) => {
      looks.inc({ result });
      times.observe(seconds(time));
    },
  };
}

/** A clock set back must not make a sum fall, and a failed subtraction must not stop a reconcile. */
function seconds(time: number): number {
  return Number.isFinite(time) && time > 0 ? time : 0;
}

function counter(registry: Registry, name: string, help: string, labelNames: readonly string[]): Counter {
  return new Counter({ name: `holdfast_${name}`, help, labelNames, registers: [registry] });
}

function histogram(
  registry: Registry,
  name: string,
  help: string,
  shape: { readonly buckets: number[]; readonly labelNames?: readonly string[] },
): Histogram {
  return new Histogram({ name: `holdfast_${name}`, help, ...shape, registers: [registry] });
}
