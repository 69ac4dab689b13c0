/** The administration: for admins only, by the database's word. One file per noun in admin/. */
import { Hono } from 'hono';
import type { Deps } from '../deps/deps.ts';
import { requireAdmin, type SessionEnv } from '../http/guards.ts';
import { auditRoutes } from './admin/audit.ts';
import { cancelRoutes } from './admin/cancelling.ts';
import { commitMetricsRoutes } from './admin/commit-metrics.ts';
import { dashboardRoutes } from './admin/dashboard.ts';
import { eventLifecycleRoutes } from './admin/event-lifecycle.ts';
import { eventPreviewRoutes } from './admin/event-preview.ts';
import { eventPlanRoutes } from './admin/events.ts';
import { homeRoutes } from './admin/home.ts';
import { itemRoutes } from './admin/items.ts';
import { legalTextRoutes } from './admin/legal.ts';
import {
  commentModerationRoutes,
  reportRoutes,
  reviewModerationRoutes,
} from './admin/moderation.ts';
import { adminOrderAddressRoutes } from './admin/order-address.ts';
import { orderDeskRoutes } from './admin/order-desk.ts';
import { orderMailRoutes } from './admin/order-mails.ts';
import { adminOrderRoutes, orderExportRoutes } from './admin/orders.ts';
import { outboxRoutes } from './admin/outbox.ts';
import { pictureRoutes } from './admin/pictures.ts';
import { eventQueueRoutes, queueEntryRoutes } from './admin/queue.ts';
import { refundRoutes } from './admin/refunds.ts';
import { adminReportRoutes } from './admin/report.ts';
import { revenueRoutes } from './admin/revenue.ts';
import { adminSearchRoutes } from './admin/search.ts';
import { faceRoutes } from './admin/shop.ts';
import { unsentExportRoutes } from './admin/unsent-export.ts';
import { customerRoutes } from './admin/users.ts';

type Groups =
  | 'sale'
  | 'live'
  | 'outbox'
  | 'stores'
  | 'accounts'
  | 'payments'
  | 'pictures'
  | 'draws'
  | 'limits'
  | 'logging'
  | 'platform'
  | 'site';

export function adminRoutes(deps: Pick<Deps, Groups>) {
  return (
    new Hono<SessionEnv>()
      .use(requireAdmin(deps))
      .route('/search', adminSearchRoutes(deps))
      .route('/items', itemRoutes(deps))
      .route('/pictures', pictureRoutes(deps))
      // Before the events, or its path would be taken for an event's id.
      .route('/events', dashboardRoutes(deps))
      .route('/events', orderExportRoutes(deps))
      .route('/events', commitMetricsRoutes(deps))
      .route('/events', eventPlanRoutes(deps))
      .route('/events', eventLifecycleRoutes(deps))
      .route('/events', eventPreviewRoutes(deps))
      .route('/events', adminReportRoutes(deps))
      .route('/events', cancelRoutes(deps))
      .route('/events', eventQueueRoutes(deps))
      .route('/queue', queueEntryRoutes(deps))
      // Before the orders, or its path would be taken for an order's id.
      .route('/orders', unsentExportRoutes(deps))
      .route('/orders', adminOrderRoutes(deps))
      .route('/orders', orderDeskRoutes(deps))
      .route('/orders', adminOrderAddressRoutes(deps))
      .route('/orders', orderMailRoutes(deps))
      .route('/orders', refundRoutes(deps))
      .route('/', homeRoutes(deps))
      .route('/', revenueRoutes(deps))
      .route('/users', customerRoutes(deps))
      .route('/audit', auditRoutes(deps))
      .route('/legal', legalTextRoutes(deps))
      .route('/shop', faceRoutes(deps))
      .route('/outbox', outboxRoutes(deps))
      .route('/reports', reportRoutes(deps))
      .route('/reviews', reviewModerationRoutes(deps))
      .route('/comments', commentModerationRoutes(deps))
  );
}
