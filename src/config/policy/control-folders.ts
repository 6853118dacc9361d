import { dirname, resolve } from 'node:path';
import { InputError } from '../../core/input-error.js';
import { readTextFile } from '../read-file.js';
import { parseYamlText } from '../yaml-text.js';

/**
 * The folders with custom controls that a policy names. None for a policy that cannot be read: whoever loads it says
 * what is wrong with it, and that is held against the guides.
 */
export function controlFolders(file: string): readonly string[] {
  const folders = named(file);
  return folders.map((folder) => resolve(dirname(file), folder));
}

function named(file: string): readonly string[] {
  try {
    const { content } = readTextFile(file);
    if (!content.includes('controls')) return [];
    const value = parseYamlText(content, file) as { readonly controls?: unknown } | null;
    const folders: readonly unknown[] = Array.isArray(value?.controls) ? value.controls : [];
    return folders.filter((folder) => typeof folder === 'string');
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}
