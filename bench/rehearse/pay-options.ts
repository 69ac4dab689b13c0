/** What the command line says about paying. Must not touch the network. */
import type { Environment } from '../command/command-line.ts';

const WEBHOOK_MODES = ['twice', 'shuffled', 'lossy'] as const;
/** `lossy`: every tenth is never delivered. */
export type WebhookMode = (typeof WEBHOOK_MODES)[number];

export interface PayOptions {
  webhooks: readonly WebhookMode[];
  providerUrl: string | undefined;
  providerKey: string | undefined;
  /** Where the local shop writes down what it was started with. */
  dataFolder: string;
}

const DATA_FOLDER_DEFAULT = '.data';

/** @throws with one line on what is not as it has to be. */
export function readPay(
  { pay, webhooks }: { pay: boolean; webhooks?: string | undefined },
  env: Environment,
): PayOptions | undefined {
  if (!pay && webhooks !== undefined) throw new Error('--webhooks is for --pay');
  if (!pay) return undefined;
  return {
    webhooks: (webhooks?.split(',') ?? []).map(modeOf),
    providerUrl: env['STRIPE_API_URL'] || undefined,
    providerKey: env['STRIPE_SECRET_KEY'] || undefined,
    dataFolder: env['SWIFTDROP_DATA'] || DATA_FOLDER_DEFAULT,
  };
}

function modeOf(name: string): WebhookMode {
  const mode = WEBHOOK_MODES.find((one) => one === name);
  if (mode !== undefined) return mode;
  throw new Error(`--webhooks ${name} is none of ${WEBHOOK_MODES.join(', ')}`);
}
