-- What other tools recorded beside the captures of a case.

CREATE TABLE imported (
    position INT PRIMARY KEY,            -- in the order in which they were opened
    file VARCHAR(10000) NOT NULL         -- from the case's folder on, or whole
);
