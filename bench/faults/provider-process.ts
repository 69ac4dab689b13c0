/** The local Stripe as a process of its own, as `npm run stripe` starts it, that a test can kill and start again. */
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type ChildProgram, startChildProgram } from '../speed/child-program.ts';

const RUN = fileURLToPath(new URL('../../local/run.js', import.meta.url));
const SECRET_BYTES = 16;

export interface ProviderProcess {
  /** The same after a new start. */
  url: string;
  /** By which the Worker finds it. */
  variables: Record<string, string>;
  /** Ends it without warning. */
  kill(): Promise<void>;
  /** At the same place, with what is in the file. */
  startAgain(): Promise<void>;
  close(): Promise<void>;
}

/** @param at.file where it keeps what it knows. */
export async function startProvider(at: {
  webhookUrl: string;
  file: string;
}): Promise<ProviderProcess> {
  const secret = randomBytes(SECRET_BYTES).toString('hex');
  const [secretKey, webhookSecret] = [`sk_test_${secret}`, `whsec_${secret}`];
  const start = (port: string): Promise<ChildProgram> =>
    startChildProgram([process.execPath, RUN, 'stripe'], {
      env: {
        PORT: port,
        STRIPE_FILE: at.file,
        STRIPE_SECRET_KEY: secretKey,
        STRIPE_WEBHOOK_URL: at.webhookUrl,
        STRIPE_WEBHOOK_SECRET: webhookSecret,
      },
    });
  let program = await start('0');
  const url = /\S+$/.exec(program.firstLine)?.[0] ?? '';
  return {
    url,
    variables: {
      PAYMENT_VIA: 'stripe',
      STRIPE_API_URL: url,
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
    },
    async kill() {
      if (program.pid === undefined) throw new Error('the provider’s process is not known here');
      process.kill(program.pid, 'SIGKILL');
      await program.stop();
    },
    async startAgain() {
      program = await start(new URL(url).port);
    },
    close: () => program.stop(),
  };
}
