/** Keeps a password in the vault of the folder named, and says how that went. */
import { join } from 'node:path';
import { fileVault } from '../../src/vault/file-vault.js';

const [, , folder = ''] = process.argv;
const own = join(folder, 'watch.yaml');
const vault = fileVault({
  folder: join(folder, 'rotation'),
  filesOf: ({ user }) => (user === 'watch' ? [own] : []),
});
const [, , , user = ''] = process.argv;
try {
  await vault.keep({ controller: 'prod', user }, 'canary-'.repeat(1000));
  process.stdout.write('kept');
} catch (error) {
  process.stdout.write(`refused: ${error instanceof Error ? error.message : String(error)}`);
}
