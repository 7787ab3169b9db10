-- Tools that an MCP server defines differently than when they were registered, until an operator accepts that.
CREATE TABLE tool_changes (
    tenant TEXT NOT NULL,
    service TEXT NOT NULL,
    tool TEXT NOT NULL,
    hash TEXT NOT NULL,
    definition TEXT,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant, service, tool)
) STRICT, WITHOUT ROWID;
