-- How much is left of each rate limit, for all gateways together. Unlogged: after a crash of the database all buckets
-- are full again, and no write to disk is waited for. Keys are digests: the table holds no address.
CREATE UNLOGGED TABLE control.rate_limit (
    key    bytea PRIMARY KEY,
    tokens double precision NOT NULL,
    at     timestamptz NOT NULL
) WITH (fillfactor = 50);

-- Takes one token from each bucket, or from none. Returns 0, or the seconds until each will have one. A bucket holds
-- `bursts[i]` at most and is refilled with `rates[i]` a second. Rows are locked in the order of their keys, so that
-- two calls never wait for each other in a circle.
CREATE FUNCTION control.take_tokens(keys bytea[], bursts double precision[], rates double precision[])
RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE
    waiting double precision;
BEGIN
    INSERT INTO control.rate_limit (key, tokens, at)
        SELECT wanted.key, burst, clock_timestamp() FROM unnest(keys, bursts) AS wanted (key, burst)
        ORDER BY wanted.key ON CONFLICT (key) DO NOTHING;
    PERFORM FROM control.rate_limit WHERE key = ANY (keys) ORDER BY key FOR UPDATE;
    UPDATE control.rate_limit AS bucket
        SET tokens = least(burst, tokens + rate * greatest(0, extract(epoch FROM clock_timestamp() - at))),
            at = clock_timestamp()
        FROM unnest(keys, bursts, rates) AS wanted (key, burst, rate) WHERE bucket.key = wanted.key;
    SELECT max((1 - tokens) / rate) INTO waiting
        FROM control.rate_limit AS bucket JOIN unnest(keys, rates) AS wanted (key, rate) ON bucket.key = wanted.key
        WHERE tokens < 1;
    IF waiting IS NULL THEN
        UPDATE control.rate_limit SET tokens = tokens - 1 WHERE key = ANY (keys);
        RETURN 0;
    END IF;
    RETURN waiting;
END
$$;
