-- A part of settle_group: how many units at least the other accounts of a customer's mailbox wait for, of an
-- item, whichever variants of it.
CREATE OR REPLACE FUNCTION waiting_of_mailbox(p_customer_id text, p_event_item_id text) RETURNS int
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(e.min_quantity), 0)::int
    FROM users customer
    JOIN users account ON mailbox_of(account.email) = mailbox_of(customer.email)
                      AND account.id <> customer.id
    JOIN event_items wanted ON wanted.id = p_event_item_id
    JOIN event_items i ON i.event_id = wanted.event_id AND i.item_id = wanted.item_id
    JOIN queue_entries e ON e.customer_id = account.id AND e.event_item_id = i.id
                        AND e.status = 'waiting'
   WHERE customer.id = p_customer_id
$$;
