/** A server-sent event. */
export interface ServerSentEvent {
    readonly id: string;
    readonly event: string;
    readonly data: string;
}

const LINE_MAX = 1_048_576;

/** The events in what arrives: fields on lines, an empty line ends each. One that is not finished is none. */
export async function* events(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
    let fields = new Map<string, string>();
    for await (const line of lines(pieces)) {
        if (line === "") {
            const data = fields.get("data");
            if (data !== undefined) {
                yield { id: fields.get("id") ?? "", event: fields.get("event") ?? "", data };
            }
            fields = new Map();
        } else if (!line.startsWith(":")) {
            const colon = line.indexOf(":");
            const name = colon < 0 ? line : line.slice(0, colon);
            const value = colon < 0 ? "" : line.slice(colon + 1);
            fields.set(name, value.startsWith(" ") ? value.slice(1) : value);
        }
    }
}

async function* lines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const piece of pieces) {
        const whole = (rest + decoder.decode(piece, { stream: true })).split("\n");
        rest = whole.pop() ?? "";
        if (rest.length > LINE_MAX) {
            throw new RangeError("a line of the events is too long");
        }
        yield* whole.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
    }
}
