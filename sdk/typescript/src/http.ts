import { Agent as PlainAgent, request as plainRequest, type IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { Unreachable } from "./errors.js";
import type { Identity } from "./identity.js";

/** What is sent: the method, header fields with names in lower case, and the body. */
export interface Sent {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string | Uint8Array | ReadableStream | undefined;
    readonly signal?: AbortSignal | undefined;
}

/** By which a message is framed, routed or proved: not a caller's to say. */
const FRAMING = new Set([
    "connection", "content-length", "dpop", "expect", "host", "http2-settings", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
]);

/** @throws TypeError where a header field would frame, route or prove a message */
export function refuseFraming(names: Iterable<string>): void {
    for (const name of names) {
        const lower = name.toLowerCase();
        if (FRAMING.has(lower) || lower.startsWith("proxy-")) {
            throw new TypeError(`header field \`${name}\` is not a caller's to say`);
        }
    }
}

const BODYLESS = new Set([204, 205, 304]);

/**
 * Connections that stay open, over mutual TLS 1.3, to servers of the agent's own authority only; under `daypass run`
 * to it alone, over loopback.
 */
export class Connections {
    readonly #agent: Agent | PlainAgent;
    readonly #origin: string | undefined;
    readonly #timeout: number;

    /** @param timeout milliseconds without anything arriving */
    constructor(identity: Identity, timeout: number) {
        this.#timeout = timeout;
        this.#origin = identity.tls ? undefined : identity.server.origin;
        this.#agent = identity.tls
            ? new Agent({ keepAlive: true, ...identity.tls, minVersion: "TLSv1.3" })
            : new PlainAgent({ keepAlive: true });
    }

    /** Sends a request; answers once the head of the answer is there. */
    send(url: string, sent: Sent): Promise<Response> {
        return new Promise((resolve, reject) => {
            const { method, headers, body, signal } = sent;
            const ask = this.#origin === undefined ? request : plainRequest;
            if (this.#origin !== undefined && new URL(url).origin !== this.#origin) {
                throw new Unreachable(`${url} is not where this identity speaks`);
            }
            const wire = ask(url, { method, headers: { ...headers }, agent: this.#agent, ...(signal && { signal }) });
            wire.setTimeout(this.#timeout, () => wire.destroy(new Error(`nothing arrived for ${this.#timeout} ms`)));
            wire.on("error", (e) => reject(signal?.aborted ? signal.reason : unreachable(url, e)));
            wire.on("response", (answer) => resolve(response(answer)));
            if (body === undefined || typeof body === "string" || body instanceof Uint8Array) {
                wire.end(body);
            } else {
                Readable.fromWeb(body).on("error", (e) => wire.destroy(e)).pipe(wire);
            }
        });
    }

    close(): void {
        this.#agent.destroy();
    }
}

function unreachable(url: string, e: Error): Unreachable {
    return new Unreachable(`${new URL(url).origin} does not answer: ${e.message || e.name}`, { cause: e });
}

function response(answer: IncomingMessage): Response {
    const headers = new Headers();
    for (let i = 0; i + 1 < answer.rawHeaders.length; i += 2) {
        headers.append(answer.rawHeaders[i] as string, answer.rawHeaders[i + 1] as string);
    }
    const status = answer.statusCode ?? 502;
    const bodyless = BODYLESS.has(status);
    if (bodyless) {
        answer.resume();
    }
    const body = bodyless ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
    return new Response(body as ConstructorParameters<typeof Response>[0], { status, statusText: answer.statusMessage ?? "", headers });
}
