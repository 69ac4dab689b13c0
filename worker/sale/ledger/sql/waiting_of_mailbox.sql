-- A part of settle_group: how many units at least the other accounts of a customer's mailbox wait for, of an
-- item, whichever variants of it. The accounts first, then what each waits for: with tables of which nothing
-- is known yet, a plan might begin with all who wait.
CREATE OR REPLACE FUNCTION waiting_of_mailbox(p_customer_id text, p_event_item_id text) RETURNS int
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(waiting.min_quantity), 0)::int
    FROM users customer
   CROSS JOIN LATERAL (
           SELECT u.id FROM users u
            WHERE mailbox_of(u.email) = mailbox_of(customer.email) AND u.id <> customer.id OFFSET 0) account
   CROSS JOIN LATERAL (
           SELECT e.min_quantity FROM queue_entries e
            WHERE e.customer_id = account.id AND e.status = 'waiting'
              AND e.event_item_id = ANY (variants_of(p_event_item_id)) OFFSET 0) waiting
   WHERE customer.id = p_customer_id
$$;
