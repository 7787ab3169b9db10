-- Edges in other processes: who may be one, and which of their lives are members now.
CREATE TABLE edges (
    name TEXT PRIMARY KEY,
    services TEXT NOT NULL, -- JSON; empty for all
    hosts TEXT NOT NULL, -- JSON; names that its listener may be called by
    thumbprint TEXT,
    enrolment_hash BYTEA,
    enrolment_until_ms BIGINT
);

CREATE TABLE edge_lives (
    edge TEXT NOT NULL,
    nonce TEXT NOT NULL,
    leaving BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (edge, nonce)
);
