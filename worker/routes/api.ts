/** The routes of the API, and their types for the client's `hc`. Knows no page. */
import { Hono } from 'hono';
import type { Deps } from '../deps/deps.ts';
import type { PipelineEnv } from '../http/pipeline/pipeline.ts';
import { orderAddressRoutes } from './addresses.ts';
import { adminRoutes } from './admin.ts';
import { authRoutes } from './auth.ts';
import { docsRoutes } from './docs.ts';
import { drawRoutes } from './draw.ts';
import { eventRoutes } from './events.ts';
import { healthRoutes } from './health.ts';
import { legalRoutes } from './legal.ts';
import { mailEventRoutes } from './mail-events.ts';
import { metricsRoutes } from './metrics.ts';
import { ownDataRoutes } from './own-data.ts';
import { paymentWebhookRoutes, payRoutes } from './payments.ts';
import { profileRoutes } from './profile.ts';
import { purchaseRoutes } from './purchase.ts';
import { ownPushRoutes } from './push.ts';
import { eventQueueRoutes, ownQueueRoutes, queueAttemptRoutes, queueEntryRoutes } from './queue.ts';
import { eventReminderRoutes, ownReminderRoutes, reminderOffRoutes } from './reminders.ts';
import { reportRoutes } from './report.ts';
import { reviewRoutes } from './reviews.ts';
import { shopRoutes } from './shop.ts';

const PURCHASE_PATH = '/api/v1/purchase';
const QUEUE_PATH = '/api/v1/queue';
/** Below these, whatever is no read is an attempt on a sale. */
export const ATTEMPT_PATHS: readonly string[] = [PURCHASE_PATH, QUEUE_PATH];

export type Api = ReturnType<typeof apiRoutes> | ReturnType<typeof purchaseApiRoutes>;

/** All but attempts on a sale. */
export function apiRoutes(deps: Deps) {
  return new Hono<PipelineEnv>()
    .route('/api/v1/health', healthRoutes(deps))
    .route('/api/v1/auth', authRoutes(deps))
    .route('/api/v1/events', eventRoutes(deps))
    .route('/api/v1/events', eventQueueRoutes(deps))
    .route('/api/v1/events', drawRoutes(deps))
    .route('/api/v1/events', eventReminderRoutes(deps))
    .route('/api/v1/events', reportRoutes(deps))
    .route(QUEUE_PATH, queueEntryRoutes(deps))
    .route('/api/v1/profile', profileRoutes(deps))
    .route('/api/v1/profile', ownQueueRoutes(deps))
    .route('/api/v1/profile', ownDataRoutes(deps))
    .route('/api/v1/profile', ownReminderRoutes(deps))
    .route('/api/v1/profile', ownPushRoutes(deps))
    .route('/api/v1/legal', legalRoutes(deps))
    .route('/api/v1/shop', shopRoutes(deps))
    .route('/api/v1/reminders', reminderOffRoutes(deps))
    .route('/api/v1/reviews', reviewRoutes(deps))
    .route('/api/v1/admin', adminRoutes(deps))
    .route('/api/v1/mail', mailEventRoutes(deps))
    .route('/api/v1/payments', paymentWebhookRoutes(deps))
    .route('/api/v1/metrics', metricsRoutes(deps))
    .route('/api/v1', docsRoutes());
}

/** Purchases, and entering and leaving a queue. */
export function purchaseApiRoutes(deps: Deps) {
  return new Hono<PipelineEnv>()
    .route(PURCHASE_PATH, purchaseRoutes(deps))
    .route(PURCHASE_PATH, payRoutes(deps))
    .route(PURCHASE_PATH, orderAddressRoutes(deps))
    .route(QUEUE_PATH, queueAttemptRoutes(deps));
}
