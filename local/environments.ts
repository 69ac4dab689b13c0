/** What wrangler.toml says for each environment that can be deployed, as wrangler reads it. */
import { fileURLToPath } from 'node:url';
import {
  unstable_readConfig as readWrangler,
  type Unstable_Config as WranglerConfig,
} from 'wrangler';

export const ENVIRONMENTS = ['staging', 'production'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** The Workers that make up the shop, by their wrangler.toml. */
export const WORKERS = {
  shop: fileURLToPath(new URL('../wrangler.toml', import.meta.url)),
  gateway: fileURLToPath(new URL('../data-api/wrangler.toml', import.meta.url)),
  previews: fileURLToPath(new URL('../previews/wrangler.toml', import.meta.url)),
};
export type WorkerName = keyof typeof WORKERS;

/** Whether Cloudflare is to send the mails, and there is no binding by which the Worker gives them to it. */
export function lacksEmailBinding({
  vars,
  send_email: bindings,
}: Pick<WranglerConfig, 'vars' | 'send_email'>): boolean {
  return vars['MAIL_VIA'] === 'cloudflare' && !bindings.some(({ name }) => name === 'EMAIL');
}

/** @param environment undefined for the top level. */
export function readEnvironment(
  worker: WorkerName,
  environment: Environment | undefined,
): WranglerConfig {
  return readWrangler({ config: WORKERS[worker], env: environment }, { hideWarnings: true });
}
