-- A case. What people and agents decided: every row of these tables follows from the audit trail, and is made anew from it.

CREATE TABLE capture (
    position INT PRIMARY KEY,            -- in the order in which they were opened
    file VARCHAR(10000) NOT NULL,        -- from the case's folder on, or whole
    name VARCHAR(10000) NOT NULL,        -- of the capture point
    role VARCHAR(10000) NOT NULL,
    place INT NOT NULL,                  -- on the path, 1 next to the client, 0 as found
    clock_offset_nanos BIGINT            -- against the reference clock, null as found
);

CREATE TABLE capture_hash (
    file VARCHAR(10000) PRIMARY KEY,
    bytes BIGINT NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    modified VARCHAR(100) NOT NULL       -- when it had been written to last, ISO 8601, UTC; empty for unknown
);

CREATE TABLE note (
    id BIGINT PRIMARY KEY,               -- number of the entry in the audit trail, as all ids below
    who VARCHAR(10000) NOT NULL,
    about VARCHAR(10000) NOT NULL,
    text VARCHAR(1000000) NOT NULL,
    written VARCHAR(100) NOT NULL        -- ISO 8601, UTC
);

CREATE TABLE dismissal (
    finding VARCHAR(10000) PRIMARY KEY,  -- kind and place
    reason VARCHAR(1000000) NOT NULL
);

CREATE TABLE saved_filter (
    position INT PRIMARY KEY,
    text VARCHAR(1000000) NOT NULL
);

CREATE TABLE bookmark (
    about VARCHAR(10000) PRIMARY KEY,
    title VARCHAR(10000) NOT NULL,
    written VARCHAR(100) NOT NULL        -- ISO 8601, UTC
);

CREATE TABLE timeline (
    id BIGINT PRIMARY KEY,
    happened_at VARCHAR(100) NOT NULL,   -- ISO 8601, UTC
    noted_at VARCHAR(100) NOT NULL,
    who VARCHAR(10000) NOT NULL,
    source VARCHAR(10000) NOT NULL,
    kind VARCHAR(10000) NOT NULL,
    text VARCHAR(1000000) NOT NULL,
    evidence VARCHAR(10000) NOT NULL     -- what it is about, as notes name it; empty for none
);

CREATE TABLE vote (
    id BIGINT PRIMARY KEY,
    at VARCHAR(100) NOT NULL,
    proposal VARCHAR(10000) NOT NULL,
    voter VARCHAR(10000) NOT NULL,
    agent BOOLEAN NOT NULL,              -- false for a person
    trust DOUBLE PRECISION NOT NULL,     -- weight, 0..1
    choice VARCHAR(10) NOT NULL,         -- YES, NO, VETO
    reason VARCHAR(1000000) NOT NULL
);

CREATE TABLE decision (
    id BIGINT PRIMARY KEY,
    at VARCHAR(100) NOT NULL,
    who VARCHAR(10000) NOT NULL,
    proposal VARCHAR(10000) NOT NULL,
    outcome VARCHAR(20) NOT NULL,        -- APPROVED, REJECTED, ESCALATED
    reason VARCHAR(1000000) NOT NULL
);

-- The trail itself, chained by hash, and its end, so that a last entry that was taken away is missed. Of a case in files this is a copy:
-- its journal comes first.

CREATE TABLE audit (
    number BIGINT PRIMARY KEY,           -- from 1 on, without gaps
    at VARCHAR(100) NOT NULL,
    who VARCHAR(10000) NOT NULL,
    content VARCHAR(1000000) NOT NULL,   -- canonical JSON of the change
    hash VARCHAR(64) NOT NULL            -- SHA-256 over that of the entry before, and all of the above
);

CREATE TABLE audit_end (
    number BIGINT NOT NULL,
    hash VARCHAR(64) NOT NULL
);

INSERT INTO audit_end (number, hash) VALUES (0, '');

-- How the desk stood.

CREATE TABLE desk (
    document VARCHAR(1000000) NOT NULL
);

-- What can be found anew from the captures, and how far it has been kept.

CREATE TABLE finding (
    position BIGINT PRIMARY KEY,
    kind VARCHAR(10000) NOT NULL,
    place VARCHAR(10000) NOT NULL,
    severity VARCHAR(20) NOT NULL,
    first_nanos BIGINT NOT NULL,         -- since 1970, reference clock
    last_nanos BIGINT NOT NULL,
    summary VARCHAR(1000000) NOT NULL
);

CREATE TABLE conversation (
    position BIGINT PRIMARY KEY,
    transport VARCHAR(20) NOT NULL,
    client VARCHAR(1000) NOT NULL,
    server VARCHAR(1000) NOT NULL,
    first_nanos BIGINT NOT NULL,
    last_nanos BIGINT NOT NULL,
    bytes_out BIGINT NOT NULL,           -- client to server
    bytes_back BIGINT NOT NULL,
    packets_out BIGINT NOT NULL,
    packets_back BIGINT NOT NULL
);

CREATE TABLE ingest (
    stage VARCHAR(20) PRIMARY KEY,       -- finding, conversation
    source VARCHAR(64) NOT NULL,         -- SHA-256 over all rows of the answer that they are from
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    digest VARCHAR(64) NOT NULL          -- running SHA-256 over the rows kept so far
);
