import { open, type FileHandle } from 'node:fs/promises';

/** Read at once at most, bytes; at the first look only the file's end counts. */
const chunk = 4 * 1024 * 1024;
/** A line longer than this is nobody's, bytes. */
const longestLine = 256 * 1024;

/** Reads what was added to a file that is rotated now and then. */
export class Tail {
  private readonly file: string;
  private inode: number | undefined;
  private offset = 0;
  private rest = '';

  constructor(file: string) {
    this.file = file;
  }

  /** Whole lines that were added since the last call. @throws Error of the file system */
  async added(): Promise<readonly string[]> {
    const handle = await open(this.file, 'r');
    try {
      return await this.read(handle);
    } finally {
      await handle.close();
    }
  }

  private async read(handle: FileHandle): Promise<readonly string[]> {
    const { ino, size } = await handle.stat();
    if (ino !== this.inode || size < this.offset) this.begin(ino, size);
    const buffer = Buffer.alloc(Math.min(chunk, size - this.offset));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, this.offset);
    this.offset += bytesRead;
    const lines = (this.rest + buffer.toString('utf8', 0, bytesRead)).split('\n');
    this.rest = (lines.pop() ?? '').slice(-longestLine);
    return lines;
  }

  /** A new file is read from its start; the first one from where its end is near. */
  private begin(inode: number, size: number): void {
    this.offset = this.inode === undefined ? Math.max(0, size - chunk) : 0;
    this.inode = inode;
    this.rest = '';
  }
}
