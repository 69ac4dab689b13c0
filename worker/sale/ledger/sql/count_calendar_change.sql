-- Trigger of events: counts the changes that calendars show, whoever makes them. Units and prices are
-- no part of it: a purchase changes no event's row.
CREATE OR REPLACE FUNCTION count_calendar_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.calendar_sequence := OLD.calendar_sequence + 1;
  NEW.calendar_changed_at := greatest(now(), OLD.calendar_changed_at);
  RETURN NEW;
END
$$;
