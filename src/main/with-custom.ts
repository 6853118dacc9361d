import { loadCustomControls } from '../config/custom/load.js';
import { throwMistakes } from '../config/mistakes.js';
import type { Guide } from '../core/control.js';
import { customGuide } from '../custom/guide.js';

/** The guides and one more of the custom controls in folders. @throws InputError with every mistake in them. */
export function withCustom(guides: readonly Guide[], folders: readonly string[]): readonly Guide[] {
  if (folders.length === 0) return guides;
  const { controls, mistakes } = loadCustomControls(folders);
  const { guide, mistakes: inside } = customGuide(controls, guides);
  throwMistakes('controls', [...mistakes, ...inside]);
  return guide === undefined ? guides : [...guides, guide];
}
