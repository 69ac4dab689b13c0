-- An instant in milliseconds since the epoch, the unit of all times in JSON.
-- STABLE as the function in it is: a body that promises less than its declaration is never inlined.
CREATE OR REPLACE FUNCTION epoch_ms(instant timestamptz) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT floor(extract(epoch FROM instant) * 1000)::bigint
$$;
