export { modelRef } from '../../core/evaluate/model-ref.js';
