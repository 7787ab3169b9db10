import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { NoIdentity } from "./errors.js";

/** What `daypass run` says; no other host, nobody named in it. */
const LOOPBACK = /^http:\/\/127\.0\.0\.1:\d{1,5}\/[A-Za-z0-9_-]+$/;
const AGAIN = "enrol with: daypass agent enrol --token TOKEN";

/** Who the agent is, whom it trusts, and where its server is. */
export interface Identity {
    readonly server: URL;
    /** Certificates and key; none under `daypass run`, which speaks for the program. */
    readonly tls?: Tls;
}

export interface Tls {
    readonly ca: string;
    readonly cert: string;
    readonly key: string;
}

/**
 * Reads what `daypass agent enrol` wrote. Under `daypass run`, and without a directory, it is the run that speaks:
 * accounts lie below its own, and no key is needed here.
 *
 * @param directory by default `~/.daypass/identity`
 */
export async function readIdentity(directory?: string): Promise<Identity> {
    const run = process.env["DAYPASS_URL"] ?? "";
    if (directory === undefined && LOOPBACK.test(run)) {
        return { server: new URL(`${run}/.api`) };
    }
    const place = directory ?? join(homedir(), ".daypass", "identity");
    const read = (file: string): Promise<string> => readFile(join(place, file), "utf8");
    try {
        const [ca, cert, key, server] = await Promise.all(["ca.pem", "cert.pem", "key.pem", "server"].map(read));
        const url = new URL((server as string).trim());
        if (url.protocol !== "https:") {
            throw new Error(`\`${url}\` is no https URL`);
        }
        return { server: url, tls: { ca: ca as string, cert: cert as string, key: key as string } };
    } catch (e) {
        const why = (e as NodeJS.ErrnoException).code === "ENOENT" ? "no agent identity" : "an agent identity that cannot be used";
        throw new NoIdentity(`${why} in \`${place}\`: ${(e as Error).message}; ${AGAIN}`, { cause: e });
    }
}
