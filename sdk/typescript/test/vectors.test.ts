import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { refusal } from "../src/errors.js";
import { events, type ServerSentEvent } from "../src/events.js";
import { refuseFraming } from "../src/http.js";
import { target } from "../src/target.js";
import { toolRequest, type Tool } from "../src/tools.js";

const VECTORS = new URL("../../../../spec/vectors/sdk/", import.meta.url);

function cases<T>(name: string): (T & { name: string })[] {
    const read = JSON.parse(readFileSync(new URL(`${name}.json`, VECTORS), "utf8")) as { cases: (T & { name: string })[] };
    assert.ok(read.cases.length > 0);
    return read.cases;
}

interface ProblemCase {
    status: number;
    content_type: string;
    headers: Record<string, string>;
    body: string;
    error: string | null;
    step?: string | null;
    next?: string | null;
    retry_after?: number | null;
}

for (const c of cases<ProblemCase>("problems")) {
    test(`an answer is the error that it says or the service's own: ${c.name}`, () => {
        const refused = refusal(c.status, new Headers({ ...c.headers, "content-type": c.content_type }), c.body);
        assert.equal(refused?.name ?? null, c.error);
        assert.equal(refused?.step ?? null, c.step ?? null);
        assert.equal(refused?.next ?? null, c.next ?? null);
        assert.equal(refused?.retryAfter ?? null, c.retry_after ?? null);
    });
}

for (const c of cases<{ endpoint: string; path: string; url?: string; refused?: boolean }>("targets")) {
    test(`a path leads below its endpoint or nowhere: ${c.name}`, () => {
        if (c.refused) {
            assert.throws(() => target(c.endpoint, c.path), TypeError);
        } else {
            assert.equal(target(c.endpoint, c.path), c.url);
        }
    });
}

for (const c of cases<{ field: string; refused?: boolean }>("fields")) {
    test(`a header field that frames a message is not a caller's: ${c.name}`, () => {
        if (c.refused) {
            assert.throws(() => refuseFraming([c.field]), TypeError);
        } else {
            refuseFraming([c.field]);
        }
    });
}

const tools = JSON.parse(readFileSync(new URL("tools.json", VECTORS), "utf8")) as { tool: Tool; reading: Tool };

interface ToolCase {
    tool?: "reading";
    arguments: Record<string, unknown>;
    path?: string;
    headers?: Record<string, string>;
    body?: unknown;
    refused?: boolean;
}

for (const c of cases<ToolCase>("tools")) {
    test(`a tool's call is one request or none: ${c.name}`, () => {
        const tool = tools[c.tool ?? "tool"];
        if (c.refused) {
            assert.throws(() => toolRequest(tool, c.arguments), TypeError);
        } else {
            assert.deepEqual(toolRequest(tool, c.arguments), { method: tool.method, path: c.path, headers: c.headers, json: c.body });
        }
    });
}

for (const c of cases<{ pieces: string[]; events: ServerSentEvent[] }>("events")) {
    test(`events are read however they are cut: ${c.name}`, async () => {
        async function* pieces(): AsyncGenerator<Uint8Array> {
            for (const piece of c.pieces) {
                yield new TextEncoder().encode(piece);
            }
        }
        const read: ServerSentEvent[] = [];
        for await (const event of events(pieces())) {
            read.push(event);
        }
        assert.deepEqual(read, c.events);
    });
}
