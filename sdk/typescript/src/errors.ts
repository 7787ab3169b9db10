/** What can go wrong, as types. Every error says what was wrong and, where it is known, what to do next. */

const PROBLEMS = "https://daypass.dev/problems/";

/** Anything that Daypass, or the way to it, objects to. */
export class DaypassError extends Error {
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = new.target.name;
    }
}

/** This host has no agent identity, or a damaged one. */
export class NoIdentity extends DaypassError {}

/** The server does not answer, or does not prove that it is the one the agent enrolled at. */
export class Unreachable extends DaypassError {}

/** A human said no, or nobody said anything in time. */
export class NotApproved extends DaypassError {}

/** The account was used after its end. */
export class Closed extends DaypassError {}

export type Problem = Readonly<Record<string, unknown>>;

/** The server refused, with a problem document (RFC 9457). */
export class Refused extends DaypassError {
    readonly status: number;
    /** The whole document. */
    readonly problem: Problem;
    readonly type: string;
    readonly title: string;
    /** The step of the opening or the calling line that objected. */
    readonly step: string | undefined;
    readonly detail: string | undefined;
    /** What to do about it. */
    readonly next: string | undefined;
    /** For how many seconds to wait, if it is known. */
    readonly retryAfter: number | undefined;

    constructor(status: number, problem: Problem, headers: Headers) {
        super(sentence(status, problem));
        this.status = status;
        this.problem = problem;
        this.type = text(problem, "type") ?? "";
        this.title = text(problem, "title") ?? "";
        this.step = text(problem, "step");
        this.detail = text(problem, "detail");
        this.next = text(problem, "next");
        this.retryAfter = seconds(headers.get("retry-after"));
    }
}

/** The task's words justify nothing that this agent may have; `problem.dropped` says why of each operation. */
export class NothingGranted extends Refused {}

/** The task's words do not say clearly enough what is to be done; `problem.questions` says what is open. */
export class NotUnderstood extends Refused {}

/** A rule says no. */
export class Denied extends Refused {}

/** The call is outside the account's grant. `Account.widen` asks for more. */
export class NotPermitted extends Refused {}

/** The account has ended: completed, revoked, over, or its calls are spent. */
export class Ended extends Refused {}

/** The server does not know this agent. */
export class NotEnrolled extends Refused {}

/** Too much at once. */
export class TooMany extends Refused {}

/** Nothing can be made durable or served now. */
export class Unavailable extends Refused {}

const KINDS = new Map<string, typeof Refused>([
    ["empty-grant", NothingGranted],
    ["not-understood", NotUnderstood],
    ["denied-by-rule", Denied],
    ["not-permitted", NotPermitted],
    ["invalid-client", NotEnrolled],
    ["not-enrolled", NotEnrolled],
    ["too-many", TooMany],
    ["unavailable", Unavailable],
]);

/** Whether an answer says that it is a problem document. */
export function isProblem(headers: Headers): boolean {
    return headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() === "application/problem+json";
}

/** The refusal that an answer is, or `undefined` where it is the service's own answer. */
export function refusal(status: number, headers: Headers, body: string): Refused | undefined {
    if (status < 400 || !isProblem(headers)) {
        return undefined;
    }
    let read: unknown;
    try {
        read = JSON.parse(body);
    } catch {
        return undefined;
    }
    if (typeof read !== "object" || read === null || Array.isArray(read)) {
        return undefined;
    }
    const problem = read as Problem;
    const type = text(problem, "type");
    if (!type?.startsWith(PROBLEMS)) {
        return undefined;
    }
    const name = type.slice(PROBLEMS.length);
    const ended = name === "invalid-token" && problem["step"] === "fresh";
    const Kind = ended ? Ended : (KINDS.get(name) ?? Refused);
    return new Kind(status, problem, headers);
}

function sentence(status: number, problem: Problem): string {
    const said = text(problem, "detail") ?? text(problem, "title") ?? `refused with ${status}`;
    const step = text(problem, "step");
    const next = text(problem, "next");
    return said + (step === undefined ? "" : ` (at \`${step}\`)`) + (next === undefined ? "" : `; next: ${next}`);
}

function text(problem: Problem, member: string): string | undefined {
    const value = problem[member];
    return typeof value === "string" ? value : undefined;
}

function seconds(value: string | null): number | undefined {
    return value !== null && /^[0-9]+$/.test(value) ? Number(value) : undefined;
}
