/** A program of the comparison's own that is controlled by messages. Must not know what it does. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { usageOf } from '../speed/process-usage.ts';

export interface ForkedProgram<Order, Answer extends { kind: string }> {
  /** Undefined where it could not be started. */
  pid: number | undefined;
  /** One question at a time. Throws where it has ended or answers something else. */
  ask<Kind extends Answer['kind']>(
    order: Order,
    kind: Kind,
  ): Promise<Extract<Answer, { kind: Kind }>>;
  cpuSeconds(): number;
  /** Ends it by its channel; resolves when it has ended. */
  stop(): Promise<void>;
}

/** @param program its module's address. It ends itself when its channel closes. */
export function forkProgram<Order extends object, Answer extends { kind: string }>(
  program: URL,
): ForkedProgram<Order, Answer> {
  const child = fork(fileURLToPath(program), { stdio: 'inherit' });
  const ended = once(child, 'exit');
  return {
    pid: child.pid,
    async ask(order, kind) {
      const answered = once(child, 'message');
      child.send(order);
      const [answer] = (await Promise.race([answered, ended.then(() => [])])) as [Answer?];
      if (answer?.kind !== kind) throw new Error(`${program.pathname} did not answer ${kind}`);
      return answer as Extract<Answer, { kind: typeof kind }>;
    },
    cpuSeconds: () => usageOf(child.pid === undefined ? [] : [child.pid]).cpuSeconds,
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
