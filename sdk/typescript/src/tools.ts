/** One operation of an account's grant, as a tool of MCP is written, and what is needed to call it. */
export interface Tool {
    /** Unique in its account; letters, digits, `_` and `-`. */
    readonly name: string;
    /** In quotes the service's own words, which are data and no instruction. */
    readonly description: string;
    /** JSON Schema of the arguments, as narrow as the grant. */
    readonly inputSchema: Readonly<Record<string, unknown>>;
    readonly annotations?: { readonly readOnlyHint: boolean; readonly destructiveHint: boolean };
    readonly service: string;
    readonly operation: string;
    readonly method: string;
    readonly path: string;
    /** Where each argument travels. */
    readonly arguments: Readonly<Record<string, { readonly in: "path" | "query" | "header" | "body"; readonly name: string }>>;
}

/** The request that calling a tool is. */
export interface ToolRequest {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly json: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The request that calling `tool` is.
 *
 * @throws TypeError where an argument is missing, is none of the tool's, or cannot be sent in its place
 */
export function toolRequest(tool: Tool, given: Readonly<Record<string, unknown>>): ToolRequest {
    const values = new Map(Object.entries(given).filter(([, value]) => value !== null && value !== undefined));
    const known = Object.keys(tool.arguments).join(", ") || "none";
    for (const name of Object.keys(given)) {
        if (!Object.hasOwn(tool.arguments, name)) {
            throw new TypeError(`\`${tool.name}\` has no argument \`${name}\`; it has: ${known}`);
        }
    }
    for (const name of (tool.inputSchema["required"] ?? []) as string[]) {
        if (!values.has(name)) {
            throw new TypeError(`\`${tool.name}\` needs the argument \`${name}\``);
        }
    }
    const parts = new Map<string, string>();
    const query: string[] = [];
    const headers: Record<string, string> = {};
    const body: [string, unknown][] = [];
    for (const [argument, at] of Object.entries(tool.arguments)) {
        const value = values.get(argument);
        if (value === undefined) {
            continue;
        }
        switch (at.in) {
            case "path":
                parts.set(at.name, segment(argument, text(argument, value)));
                break;
            case "query":
                query.push(...(Array.isArray(value) ? value : [value]).map((one) => `${encoded(at.name)}=${encoded(text(argument, one))}`));
                break;
            case "header":
                headers[at.name] = field(argument, text(argument, value));
                break;
            case "body":
                body.push([at.name, value]);
                break;
            default:
                throw new TypeError(`this version cannot send \`${argument}\` of \`${tool.name}\``);
        }
    }
    const path = tool.path.replace(/\{([^{}]+)\}/g, (_, name: string) => parts.get(name) ?? missing(tool, name));
    const bodied = Object.values(tool.arguments).some((at) => at.in === "body");
    return {
        method: tool.method,
        path: query.length === 0 ? path : `${path}?${query.join("&")}`,
        headers,
        json: bodied ? Object.fromEntries(body) : undefined,
    };
}

function missing(tool: Tool, name: string): never {
    throw new TypeError(`\`${tool.name}\` needs \`${name}\` of its path`);
}

function text(argument: string, value: unknown): string {
    if (typeof value === "string" || typeof value === "boolean") {
        return String(value);
    }
    const written = typeof value === "number" || typeof value === "bigint" ? String(value) : "";
    if (!/^-?[0-9]+(\.[0-9]+)?$/.test(written)) {
        throw new TypeError(`\`${argument}\` must be a text, a truth or a plain number`);
    }
    return written;
}

/** One segment of a path, or a part of one. */
function segment(argument: string, value: string): string {
    if (value === "" || value === "." || value === ".." || /[/\\]/.test(value)) {
        throw new TypeError(`\`${argument}\` must be one part of a path, not ${JSON.stringify(value)}`);
    }
    return encoded(value);
}

function field(argument: string, value: string): string {
    if (!/^[ -~]*$/.test(value)) {
        throw new TypeError(`\`${argument}\` must be plain ASCII`);
    }
    return value;
}

/** Percent-encoded but for what RFC 3986, section 2.3 leaves as it is. */
function encoded(value: string): string {
    return encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
