/**
 * Daypass gives an AI agent a temporary account for one task instead of a permanent key.
 *
 * The account has what the task's words justify and nothing else, and is gone when the function ends.
 */
import { Client, type Account, type Wishes } from "./account.js";

export { Account, Client, type Call, type Leaf, type Told, type Waiting, type Wishes } from "./account.js";
export {
    Closed,
    DaypassError,
    Denied,
    Ended,
    NoIdentity,
    NotApproved,
    NotEnrolled,
    NotPermitted,
    NotUnderstood,
    NothingGranted,
    Refused,
    TooMany,
    Unavailable,
    Unreachable,
    type Problem,
} from "./errors.js";
export { type Tool } from "./tools.js";

let shared: Promise<Client> | undefined;

/** Opens an account with this host's identity; end it with `close`, or declare it with `await using`. */
export async function open(task: string, wishes: Wishes = {}): Promise<Account> {
    shared ??= Client.connect().catch((e: unknown) => {
        shared = undefined;
        throw e;
    });
    return (await shared).open(task, wishes);
}

/** Opens an account for as long as `work` runs. */
export async function account<T>(task: string, work: (account: Account) => Promise<T>, wishes: Wishes = {}): Promise<T> {
    const opened = await open(task, wishes);
    let done: T;
    try {
        done = await work(opened);
    } catch (e) {
        await opened.close().catch(() => undefined); // what went wrong in the work counts for more
        throw e;
    }
    await opened.close();
    return done;
}
