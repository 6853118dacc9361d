/** A recording with what was recorded from inside units: nobody has to be asked for it any more. */
import { mapDict } from '../core/dict.js';
import type { WorkloadEvidence } from '../core/evidence/workload.js';
import type { ApplicationState, Snapshot } from '../core/snapshot.js';
import { readRecording } from '../juju/recording/read-recording.js';
import { unitCalls, type UnitCall } from '../juju/recording/recorded-calls.js';
import { insight } from '../workload/collect/collect-application.js';
import { recordedReader } from '../workload/collect/recorded-reader.js';

/**
 * A snapshot from a folder of recorded answers, those of `juju exec` and `juju run` included. Units into which nobody
 * looked stay without evidence.
 * @throws InputError when the folder holds no such answers or a broken one.
 */
export async function readRecordingWithInside(folder: string): Promise<Snapshot> {
  const snapshot = await readRecording(folder);
  const calls = unitCalls(folder);
  if (calls.length === 0) return snapshot;
  const reader = recordedReader(calls);
  const now = (): string => snapshot.takenAt;
  const seen = new Map<object, WorkloadEvidence>();
  const models = Object.values(snapshot.controllers).flatMap((controller) =>
    Object.values(controller.models),
  );
  for (const { name, applications } of models)
    for (const app of Object.values(applications).filter((one) => isRecorded(one, calls))) {
      const evidence = await insight.collect(app, { reader, model: name, now, gate: (call) => call() });
      if (evidence !== undefined) seen.set(app, evidence);
    }
  const controllers = mapDict(snapshot.controllers, (controller) => ({
    ...controller,
    models: mapDict(controller.models, (model) => ({
      ...model,
      applications: mapDict(model.applications, (app) => ({
        ...app,
        workload: seen.get(app) ?? app.workload,
      })),
    })),
  }));
  return { ...snapshot, controllers };
}

function isRecorded({ name }: ApplicationState, calls: readonly UnitCall[]): boolean {
  return calls.some(({ units }) => Object.keys(units).some((unit) => unit.startsWith(`${name}/`)));
}
