-- What other tools recorded beside the captures of a case; when bookmarks were made and captures written.

CREATE TABLE imported (
    position INT PRIMARY KEY,            -- in the order in which they were opened
    file VARCHAR(10000) NOT NULL         -- from the case's folder on, or whole
);

ALTER TABLE capture_hash ADD COLUMN modified VARCHAR(100) DEFAULT '' NOT NULL; -- when it had been written to last, ISO 8601, UTC; empty for unknown
ALTER TABLE bookmark ADD COLUMN written VARCHAR(100) DEFAULT '' NOT NULL;      -- ISO 8601, UTC
