import { events } from "./events.js";
import { Closed, DaypassError, NotApproved, Refused, Unavailable, Unreachable, isProblem, refusal } from "./errors.js";
import { Connections, type Sent, refuseFraming } from "./http.js";
import { readIdentity, type Identity } from "./identity.js";
import { target } from "./target.js";
import { toolRequest, type Tool } from "./tools.js";

const RENEW_BEFORE_MS = 30_000;
const AGAIN_MS = 1_000;
const TIMEOUT_MS = 60_000;

/** What an account may do: one operation, and because of which words. */
export interface Leaf {
    readonly service: string;
    readonly operation: string;
    readonly method?: string;
    readonly path?: string;
    readonly constraints?: Readonly<Record<string, unknown>>;
    readonly because: string;
}

/** What the server tells of an account. */
export interface Told {
    readonly id: string;
    readonly state: string;
    readonly reason?: string;
    readonly task?: string;
    readonly expires_at: string;
    readonly access_token?: string;
    readonly expires_in?: number;
    readonly grant?: readonly Leaf[];
    readonly dropped?: readonly { service: string; operation: string; why: string }[];
    readonly endpoints?: Readonly<Record<string, string>>;
    readonly needs?: readonly unknown[];
    readonly widenings?: readonly { state: string }[];
}

/** How long to wait for a human, and who is told that it waits. */
export interface Waiting {
    /** Seconds; 0 does not wait. Without it, as long as the server does. */
    readonly wait?: number;
    readonly waiting?: (told: Told) => void;
}

/** What is asked of an account besides its task. */
export interface Wishes extends Waiting {
    /** Seconds. */
    readonly ttl?: number;
    /** Nothing outside these is granted. */
    readonly services?: readonly string[];
    /** At most so many calls. */
    readonly calls?: number;
    /** A user's token. */
    readonly onBehalfOf?: string;
    /** Sources whose quoted words may count when it is widened. */
    readonly trust?: readonly string[];
    /** Other agents that may open accounts below this one. */
    readonly delegates?: readonly string[];
    /** How many generations of accounts may be below this one; 0 for none. */
    readonly depth?: number;
    /** The id of another agent's account, which named this agent as its delegate. */
    readonly parent?: string;
}

/** As for `fetch`; names of header fields in any case. */
export interface Call {
    /** GET, or POST where there is a body. */
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>> | Headers;
    readonly body?: Sent["body"];
    readonly json?: unknown;
    readonly signal?: AbortSignal;
}

/** A connection to the server that the agent enrolled at. */
export class Client {
    readonly #identity: Identity;
    readonly #connections: Connections;

    private constructor(identity: Identity, timeout: number) {
        this.#identity = identity;
        this.#connections = new Connections(identity, timeout);
    }

    /**
     * @param identity directory of what `daypass agent enrol` wrote; by default `~/.daypass/identity`
     * @param timeout milliseconds without anything arriving
     * @throws NoIdentity
     */
    static async connect(identity?: string, timeout = TIMEOUT_MS): Promise<Client> {
        return new Client(await readIdentity(identity), timeout);
    }

    /** Opens an account, and waits for a human where one must agree first. */
    async open(task: string, wishes: Wishes = {}, parent?: string): Promise<Account> {
        const told = await this.ask("POST", "/v1/accounts", asked(task, wishes, parent));
        if (told.state !== "awaiting_approval") {
            return new Account(this, told);
        }
        try {
            wishes.waiting?.(told);
            await this.#approved(told.id, wishes.wait);
            return new Account(this, { ...(await this.show(told.id)), ...(await this.token(told.id)) });
        } catch (e) {
            await this.complete(told.id).catch(() => undefined); // else it ends at its deadline
            throw e;
        }
    }

    show(account: string): Promise<Told> {
        return this.ask("GET", `/v1/accounts/${account}`);
    }

    token(account: string): Promise<Told> {
        return this.ask("POST", `/v1/accounts/${account}/token`);
    }

    complete(account: string): Promise<Told> {
        return this.ask("POST", `/v1/accounts/${account}/complete`);
    }

    /** Asks the agent API, and throws what it refuses. */
    async ask(method: string, path: string, body?: Readonly<Record<string, unknown>>): Promise<Told> {
        const headers: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
        const sent = body === undefined ? undefined : JSON.stringify(body);
        const answer = await this.send(this.#at(path), { method, headers, body: sent });
        const whole = await text(answer);
        const refused = refusal(answer.status, answer.headers, whole);
        if (refused !== undefined) {
            throw refused;
        }
        if (!answer.ok) {
            throw new DaypassError(`the server answered ${answer.status}, which is not of its API`);
        }
        return JSON.parse(whole) as Told;
    }

    /** Sends what has its token already. */
    send(url: string, sent: Sent): Promise<Response> {
        return this.#connections.send(url, sent);
    }

    #at(path: string): string {
        return this.#identity.server.href.replace(/\/$/, "") + path;
    }

    async #approved(account: string, seconds: number | undefined): Promise<void> {
        const until = seconds === undefined ? Infinity : Date.now() + seconds * 1_000;
        let last = "";
        for (;;) {
            let state = "";
            try {
                [state, last] = await this.#follow(account, last, until);
            } catch (e) {
                if (!(e instanceof Unreachable || e instanceof Unavailable)) {
                    throw e;
                }
            }
            if (state === "active") {
                return;
            }
            if (state === "ended") {
                throw new NotApproved(`nobody agreed to it: ${(await this.show(account)).reason ?? "over"}`);
            }
            if (Date.now() >= until) {
                throw new NotApproved(`nobody agreed within ${seconds} seconds`);
            }
            await pause();
        }
    }

    /** Follows the account's events until a human has decided, or time is up. */
    async #follow(account: string, last: string, until: number): Promise<[string, string]> {
        const stop = new AbortController();
        const timer = Number.isFinite(until) ? setTimeout(() => stop.abort(), Math.max(0, until - Date.now())) : undefined;
        try {
            const headers: Record<string, string> = last === "" ? {} : { "last-event-id": last };
            const answer = await this.send(this.#at(`/v1/accounts/${account}/events`), { method: "GET", headers, signal: stop.signal });
            if (answer.status === 204) {
                return ["ended", last];
            }
            if (answer.status !== 200 || answer.body === null) {
                throw refusal(answer.status, answer.headers, await text(answer)) ?? new DaypassError(`the server answered ${answer.status} when asked for events`);
            }
            for await (const event of events(answer.body)) {
                last = event.id || last;
                if (event.event === "ending") {
                    return ["ended", last];
                }
                if (event.event === "approval" && (JSON.parse(event.data) as Told).state === "active") {
                    return ["active", last];
                }
            }
            return ["", last];
        } catch (e) {
            if (e instanceof DaypassError) {
                throw e;
            }
            return ["", last]; // it broke off, or time is up
        } finally {
            clearTimeout(timer);
            stop.abort();
        }
    }

    /** Closes the connections. Accounts that are open stay open. */
    close(): void {
        this.#connections.close();
    }
}

/** A temporary account: what the task's words justify, until it is closed. */
export class Account implements AsyncDisposable {
    readonly #client: Client;
    #told: Told;
    #token = "";
    #renewAt = 0;
    #renewing: Promise<void> | undefined;
    #closed = false;
    #ended = false;

    constructor(client: Client, told: Told) {
        this.#client = client;
        this.#told = told;
        this.#take(told);
    }

    #take(told: Partial<Told>): void {
        this.#told = { ...this.#told, ...told };
        if (told.access_token !== undefined) {
            const lives = (told.expires_in ?? 0) * 1_000;
            this.#token = told.access_token;
            this.#renewAt = Date.now() + Math.max(lives - RENEW_BEFORE_MS, lives / 2);
        }
    }

    get id(): string {
        return this.#told.id;
    }

    get task(): string {
        return this.#told.task ?? "";
    }

    /** Its deadline. */
    get expiresAt(): Date {
        return new Date(this.#told.expires_at);
    }

    get grant(): readonly Leaf[] {
        return this.#told.grant ?? [];
    }

    /** What was left out, and why. */
    get dropped(): readonly { service: string; operation: string; why: string }[] {
        return this.#told.dropped ?? [];
    }

    /** By service, where the edge takes its calls. */
    get endpoints(): Readonly<Record<string, string>> {
        return this.#told.endpoints ?? {};
    }

    /**
     * Calls a service through the edge.
     *
     * @throws Refused where Daypass refuses; what the service answers, errors included, is returned
     */
    async fetch(service: string, path = "/", call: Call = {}): Promise<Response> {
        const endpoint = this.endpoints[service];
        if (endpoint === undefined) {
            const known = Object.keys(this.endpoints).sort().join(", ") || "none";
            throw new DaypassError(`this account has nothing at \`${service}\`; it has: ${known}`);
        }
        const url = target(endpoint, path);
        const headers = Object.fromEntries(new Headers(call.headers).entries());
        refuseFraming(Object.keys(headers));
        if (call.json !== undefined) {
            headers["content-type"] ??= "application/json";
        }
        const body = call.json === undefined ? call.body : JSON.stringify(call.json);
        headers["authorization"] = `Bearer ${await this.#freshToken()}`;
        const method = call.method ?? (body === undefined ? "GET" : "POST");
        const answer = await this.#client.send(url, { method, headers, body, signal: call.signal });
        if (answer.status >= 400 && isProblem(answer.headers)) {
            const whole = await text(answer);
            const refused = refusal(answer.status, answer.headers, whole);
            if (refused !== undefined) {
                throw refused;
            }
            return new Response(whole, { status: answer.status, headers: answer.headers });
        }
        return answer;
    }

    /** The grant as tools, one for each operation; without those of MCP servers, which an MCP client finds itself. */
    async tools(): Promise<readonly Tool[]> {
        const told: unknown = await this.#client.ask("GET", `/v1/accounts/${this.id}/tools`);
        return (told as { tools: Tool[] }).tools;
    }

    /**
     * Calls a tool.
     *
     * @throws TypeError before anything is sent, where the arguments are none of the tool's
     * @throws Refused as `fetch`
     */
    async call(tool: Tool, given: Readonly<Record<string, unknown>> = {}): Promise<Response> {
        const { path, ...call } = toolRequest(tool, given);
        return this.fetch(tool.service, path, call);
    }

    async #freshToken(): Promise<string> {
        if (this.#closed) {
            throw new Closed(`${this.id} was used after its end`);
        }
        if (Date.now() >= this.#renewAt) {
            this.#renewing ??= this.renew().finally(() => (this.#renewing = undefined));
            await this.#renewing;
        }
        return this.#token;
    }

    /** Gets a new token. It happens by itself before one expires, within the account's deadline. */
    async renew(): Promise<void> {
        this.#take(await this.#client.token(this.id));
    }

    /** Asks for more; waits for a human where one must agree. */
    async widen(reason: string, more: Waiting & { readonly task?: string } = {}): Promise<void> {
        const said = more.task === undefined ? { reason } : { reason, task: more.task };
        const told = await this.#client.ask("POST", `/v1/accounts/${this.id}/widen`, said);
        if (told.access_token !== undefined) {
            this.#take(told);
            return;
        }
        more.waiting?.(told);
        await this.#widened(((await this.#client.show(this.id)).widenings ?? []).length, more.wait);
        this.#take({ ...(await this.#client.show(this.id)), ...(await this.#client.token(this.id)) });
    }

    async #widened(number: number, seconds: number | undefined): Promise<void> {
        const until = seconds === undefined ? Infinity : Date.now() + seconds * 1_000;
        for (;;) {
            const shown = await this.#client.show(this.id);
            const state = shown.widenings?.[number - 1]?.state;
            if (state === "granted") {
                return;
            }
            if (state !== "awaiting_approval" || shown.state !== "active") {
                throw new NotApproved(`nobody agreed to more: ${state ?? shown.reason ?? "ended"}`);
            }
            if (Date.now() >= until) {
                throw new NotApproved(`nobody agreed to more within ${seconds} seconds`);
            }
            await pause();
        }
    }

    /** Opens an account for a sub-agent, inside this one; it ends with this one. */
    open(task: string, wishes: Wishes = {}): Promise<Account> {
        return this.#client.open(task, wishes, this.id);
    }

    /**
     * Says that the task is done: the account ends, and every account below it. No call is made after this. Where the
     * server could not be told, it may be called again.
     */
    async close(): Promise<void> {
        this.#closed = true;
        if (this.#ended) {
            return;
        }
        try {
            await this.#client.complete(this.id).catch((e: unknown) => {
                if (e instanceof Unreachable) {
                    return this.#client.complete(this.id); // what had been idle was closed; saying it twice does no harm
                }
                throw e;
            });
        } catch (e) {
            if (!(e instanceof Refused && (e.status === 404 || e.status === 409))) {
                throw e;
            }
        }
        this.#ended = true;
    }

    [Symbol.asyncDispose](): Promise<void> {
        return this.close();
    }
}

function asked(task: string, wishes: Wishes, parent: string | undefined): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries({
            task,
            ttl: wishes.ttl,
            services: wishes.services,
            budget: wishes.calls === undefined ? undefined : { calls: wishes.calls },
            on_behalf_of: wishes.onBehalfOf,
            trust: wishes.trust,
            delegates: wishes.delegates,
            depth: wishes.depth,
            parent: parent ?? wishes.parent,
        }).filter(([, value]) => value !== undefined),
    );
}

async function text(answer: Response): Promise<string> {
    try {
        return await answer.text();
    } catch (e) {
        throw new Unreachable(`the answer broke off: ${(e as Error).message}`, { cause: e });
    }
}

function pause(): Promise<void> {
    return new Promise((done) => setTimeout(done, AGAIN_MS));
}
