-- What the agents did, step by step, and what they remember of it.

CREATE TABLE agent_step (
    id BIGINT PRIMARY KEY,
    at VARCHAR(100) NOT NULL,            -- when it was kept, ISO 8601, UTC
    incident VARCHAR(10000) NOT NULL,
    content VARCHAR(1000000) NOT NULL    -- the step as JSON
);

CREATE TABLE precedent (
    id BIGINT PRIMARY KEY,
    incident VARCHAR(10000) NOT NULL,
    happened_at VARCHAR(100) NOT NULL,   -- ISO 8601, UTC
    signature VARCHAR(1000000) NOT NULL, -- what it looked like, in words
    vector BYTEA NOT NULL,               -- of the signature, 32-bit floats, big-endian
    cause VARCHAR(100) NOT NULL,
    service VARCHAR(10000) NOT NULL,
    remedy VARCHAR(100) NOT NULL,
    healed BOOLEAN NOT NULL
);
