/** Mistakes in what follows from the cancelling of an event. Found in paid drills. */
import { type Mutation, mistake } from './mutation.ts';

export const CANCELLING_MUTATIONS: Mutation[] = [
  mistake(
    'a cancelled event sells on',
    "ELSIF s.cancelled AND v_attempt.kind <> 'cancel' THEN",
    'ELSIF false THEN',
  ),
  mistake(
    'a cancelled order is refunded twice',
    "'captured' THEN greatest(0, p.captured_minor - r.decided - d.lost)",
    "'captured' THEN p.captured_minor",
  ),
  mistake(
    'a cancelled order is refunded anew by a batch that is repeated',
    "IF NOT FOUND OR EXISTS (SELECT FROM outbox WHERE key = 'cancel/' || p_event_id || '/' || v_number) THEN",
    'IF NOT FOUND THEN',
  ),
  mistake(
    'the units of a cancelled event go back on sale',
    'AND epoch_ms(s.now) < s.closes_at_ms THEN\n      s := serve_queue(s);',
    'AND (epoch_ms(s.now) < s.closes_at_ms OR s.cancelled) THEN\n      s := serve_queue(s);',
  ),
  mistake(
    'a cancelled event keeps what is held',
    "WHERE o.id = ANY (v_ids) AND o.status = 'pending'",
    'WHERE false',
  ),
  mistake(
    'a cancelled event keeps the units of its orders',
    "AND o.status = 'confirmed' AND o.units_returned < o.quantity",
    'AND false',
  ),
  mistake(
    'a cancelled event keeps whoever waits',
    "WHERE id = ANY (v_ids) AND status = 'waiting'",
    'WHERE false',
  ),
  mistake(
    'a cancelled hold releases no payment',
    "PERFORM release_payments_of(v_unpaid, '{open,authorised}', p_now);",
    'NULL;',
  ),
  mistake(
    'a cancelled order whose capture is to come is not refunded',
    "WHEN 'authorised' THEN p.amount_minor - r.decided ELSE 0 END",
    'ELSE 0 END',
  ),
  mistake(
    'nobody is told of a cancelled event',
    'FROM (SELECT DISTINCT id FROM unnest(p_customers) AS u (id) ORDER BY id) c',
    'FROM (SELECT id FROM unnest(p_customers) AS u (id) WHERE false) c',
  ),
  mistake(
    'a cancelling stops behind its first batch',
    'IF v_stage IS NOT NULL THEN\n    INSERT INTO outbox',
    'IF v_last IS NULL THEN\n    INSERT INTO outbox',
  ),
];
