/** Proves what every command of bench/ does with help, wrong options, a stop and errors. */
import { expect, test } from 'vitest';
import { UserError } from '../../local/user-error.ts';
import { type Command, EXIT, runCommand } from './command.ts';
import { readCommandLine } from './command-line.ts';

async function run(
  runner: Command<string>['run'],
  { argv = ['fast'], stopped = new AbortController().signal } = {},
) {
  let stdout = '';
  let stderr = '';
  const command: Command<string> = {
    name: 'measure',
    help: 'Measures.\n',
    signals: [],
    parse: ([word = ''], env) =>
      readCommandLine(() => {
        if (word === '--help') return 'help';
        if (word === '') throw new Error('give a word');
        return `${word} ${env['PLACE']}`;
      }),
    run: runner,
  };
  const exit = await runCommand(command, argv, {
    env: { PLACE: 'here' },
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    stopped,
  });
  return { exit, stdout, stderr };
}

test('it runs with its options, and logs its steps after its name', async () => {
  const ran = await run(async (options, { stdout, logStep }) => {
    logStep('counting');
    stdout.write(options);
    return true;
  });
  expect(ran).toEqual({ exit: EXIT.right, stdout: 'fast here', stderr: 'measure: counting\n' });
});

test('what it finds wrong is its exit code', async () => {
  expect(await run(async () => false)).toEqual({ exit: EXIT.wrong, stdout: '', stderr: '' });
});

test('help is printed instead of running', async () => {
  const ran = await run(() => expect.unreachable(), { argv: ['--help'] });
  expect(ran).toEqual({ exit: EXIT.right, stdout: 'Measures.\n', stderr: '' });
});

test('wrong options are one line, and nothing runs', async () => {
  const ran = await run(() => expect.unreachable(), { argv: [] });
  expect(ran).toEqual({ exit: EXIT.notRun, stdout: '', stderr: 'measure: give a word\n' });
});

test('what it cannot be run without is one line', async () => {
  const ran = await run(async () => {
    throw new UserError('there is no database');
  });
  expect(ran).toEqual({ exit: EXIT.notRun, stdout: '', stderr: 'measure: there is no database\n' });
});

test('any error of a command that was stopped is the stop', async () => {
  const stopped = AbortSignal.abort();
  const ran = await run(async () => stopped.throwIfAborted() ?? true, { stopped });
  expect(ran).toEqual({ exit: EXIT.stopped, stdout: '', stderr: '\nmeasure: stopped\n' });
});

test('an error of the program itself is thrown on', async () => {
  const failing = run(async () => {
    throw new TypeError('a bug');
  });
  await expect(failing).rejects.toThrow('a bug');
});
