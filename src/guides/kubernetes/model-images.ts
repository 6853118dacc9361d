import type { ModelView } from '../../core/evaluate/view.js';
import { notApplicable, type Judgement } from '../../core/judgement.js';
import type { Knowledge } from '../../core/knowledge.js';
import { gathered } from '../shared/gather.js';
import { imageJudgement } from '../shared/kubernetes-images.js';

/** Whether the containers of all applications run what their charms pin; charms without a workload have no say. */
export function modelImagesJudgement(model: ModelView, knowledge: Knowledge): Judgement {
  const judged = model
    .applications()
    .map((app) => imageJudgement(app, knowledge))
    .filter(({ outcome }) => outcome !== 'not-applicable');
  if (judged.length === 0)
    return notApplicable('NoPins', `no application of ${model.name} runs an image that its charm pins`);
  return gathered(judged, 'every container runs the image that its charm pins');
}
