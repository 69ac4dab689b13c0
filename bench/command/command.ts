/** What a command of bench/ is, and its exit code: after help, wrong options, a stop or an error. */
import { UserError } from '../../local/user-error.ts';
import type { Environment, Parsed } from './command-line.ts';

export const EXIT = {
  right: 0,
  /** It ran and something was not as it must be. */
  wrong: 1,
  /** The options are wrong, or something that it needs is not there. */
  notRun: 2,
  /** As shells have it for SIGINT. */
  stopped: 130,
} as const;

/** What is needed of `process.stdout` and `process.stderr`. */
export interface Output {
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  write(text: string): unknown;
}

export interface CommandContext {
  env: Environment;
  stdout: Output;
  stderr: Output;
  /** Aborted when the command shall end early. */
  stopped: AbortSignal;
}

export interface RunContext extends CommandContext {
  /** Writes a line to standard error, after the command's name. */
  logStep(step: string): void;
}

export interface Command<Options> {
  name: string;
  help: string;
  /** Those that end it early and in order; others end the process at once. */
  signals: readonly NodeJS.Signals[];
  parse(argv: string[], env: Environment): Parsed<Options>;
  /** @returns whether everything was right. @throws UserError where it cannot be run. */
  run(options: Options, context: RunContext): Promise<boolean>;
}

/** @returns the exit code. */
export async function runCommand<Options>(
  command: Command<Options>,
  argv: string[],
  context: CommandContext,
): Promise<number> {
  const { env, stdout, stderr, stopped } = context;
  const logStep = (text: string): void => {
    stderr.write(`${command.name}: ${text}\n`);
  };
  const parsed = command.parse(argv, env);
  if (parsed.kind === 'help') {
    stdout.write(command.help);
    return EXIT.right;
  }
  if (parsed.kind === 'bad') {
    logStep(parsed.message);
    return EXIT.notRun;
  }
  try {
    const isRight = await command.run(parsed.options, { ...context, logStep });
    return isRight ? EXIT.right : EXIT.wrong;
  } catch (error) {
    if (stopped.aborted) {
      // Below a line of progress that has no end yet.
      stderr.write(`\n${command.name}: stopped\n`);
      return EXIT.stopped;
    }
    if (!(error instanceof UserError)) throw error;
    logStep(error.message);
    return EXIT.notRun;
  }
}
