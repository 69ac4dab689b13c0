-- Stock that is changed outside of settle_group, in an event with a queue, gets a number among its settlements.
CREATE TRIGGER event_items_number_stock_change AFTER UPDATE OF stock_total ON event_items
FOR EACH ROW WHEN (OLD.stock_total <> NEW.stock_total)
EXECUTE FUNCTION number_stock_change();
