/** A world of one account for changes of passwords: what `juju`, the vault and fresh logins say is given. */
import type { RotationAction } from '../../src/core/action/rotation.js';
import { Rotator } from '../../src/controller/rotation/rotator.js';
import type {
  CallOptions,
  CliOutcome,
  CliResult,
  JujuCli,
  LoginAnswer,
  Vault,
} from '../../src/core/ports/index.js';

export const [fresh, former] = ['fresh-password-0123456789', 'former-password-9876543210'];

interface Answer {
  readonly outcome?: CliOutcome;
  readonly stdout?: string;
  readonly summary?: string;
}

export interface Given {
  /** By the command. */
  readonly answers?: Readonly<Record<string, Answer>>;
  /** Passwords that are let in now; a change of a password puts its own in their place. */
  readonly inForce?: readonly string[];
  readonly logins?: (password: string) => LoginAnswer | undefined;
  readonly pending?: string;
  readonly cannotKeep?: string;
}

/** The account is ours when it is called `watch`. */
export class Place {
  readonly calls: string[] = [];
  readonly files: string[] = [];
  readonly adopted: string[] = [];
  pending: string | undefined;
  settled: string | undefined;
  inForce: readonly string[];
  made = 0;
  readonly given: Given;

  constructor(given: Given) {
    this.given = given;
    this.pending = given.pending;
    this.inForce = given.inForce ?? [former];
  }

  get cli(): JujuCli {
    return { controller: 'prod', run: (argv, options) => Promise.resolve(this.run(argv, options)) };
  }

  private run(argv: readonly string[], { input }: CallOptions = {}): CliResult {
    this.calls.push(argv.join(' '));
    const said = { outcome: 'done' as const, stdout: '', ...this.answerTo(argv) };
    if (said.outcome === 'done' && input !== undefined) this.inForce = [input.trim()];
    return { argv, stderr: '', timedOut: false, durationMs: 1, summary: said.outcome, ...said };
  }

  private answerTo([command = '']: readonly string[]): Answer {
    return this.given.answers?.[command] ?? {};
  }

  get rotator(): Rotator {
    return new Rotator({
      newPassword: () => {
        this.made += 1;
        return fresh;
      },
      tryLogin: (_, { password }) => Promise.resolve(this.login(password)),
      adopt: (_, password) => this.adopted.push(password),
      clock: { now: () => 0, sleep: () => Promise.resolve(), after: () => () => undefined },
      vault: this.vault,
    });
  }

  private login(password: string): LoginAnswer {
    const isIn = this.inForce.includes(password);
    return this.given.logins?.(password) ?? (isIn ? 'accepted' : 'refused');
  }

  private get vault(): Vault {
    const put = (pending: string | undefined): Promise<void> => {
      this.pending = pending;
      return Promise.resolve();
    };
    return {
      isOwn: ({ user }) => user === 'watch',
      current: () => Promise.resolve(this.settled ?? former),
      pending: () => Promise.resolve(this.pending),
      keep: (_, password) =>
        this.given.cannotKeep === undefined
          ? put(password)
          : Promise.reject(new Error(this.given.cannotKeep)),
      settle: (_, password) => {
        this.settled = password;
        return put(undefined);
      },
      drop: () => put(undefined),
      withFile: (content, use) => {
        this.files.push(JSON.stringify(content));
        return use('/private/file');
      },
    };
  }

  rotate(action: RotationAction): Promise<CliResult> {
    return this.rotator.rotate(action, this.cli);
  }

  get commands(): readonly string[] {
    return this.calls.map((call) => call.split(' ')[0] ?? '');
  }
}
