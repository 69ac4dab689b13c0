// Runs a command for as long as its own standard input is open. The process that starts it has the
// other end, so when that process ends, also by SIGKILL, the command and all its children end.
//   node supervisor.js COMMAND ARG...
import { spawn } from 'node:child_process';

const GRACE_MS = 5_000;
const ON_WINDOWS = process.platform === 'win32';

const [command = '', ...args] = process.argv.slice(2);
// A group of its own: a Ctrl-C in the terminal reaches the owner alone, who ends things in order.
const child = spawn(command, args, {
  stdio: ['ignore', 'inherit', 'inherit'],
  detached: !ON_WINDOWS,
});

child.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
child.on('exit', (code) => {
  signalGroup('SIGKILL');
  process.exit(code ?? 1);
});

process.stdin.resume();
process.stdin.on('close', stop);
process.stdin.on('error', stop);
process.on('SIGINT', () => {});
process.on('SIGTERM', stop);
process.on('SIGHUP', stop);

function stop() {
  signalGroup('SIGTERM');
  setTimeout(() => signalGroup('SIGKILL'), GRACE_MS).unref();
}

/** @param {NodeJS.Signals} signal */
function signalGroup(signal) {
  if (child.pid === undefined) return;
  try {
    if (ON_WINDOWS) spawn('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    else process.kill(-child.pid, signal);
  } catch {
    // The whole group has ended already.
  }
}
