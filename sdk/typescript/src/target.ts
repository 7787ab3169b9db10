const PLAIN = /^[A-Za-z0-9\-._~:/?[\]@!$&'()*+,;=%]*$/;

/**
 * Where `path` of a service leads.
 *
 * @throws TypeError where it would not stay below `endpoint`, so that no token goes elsewhere
 */
export function target(endpoint: string, path: string): string {
    if (!PLAIN.test(path)) {
        throw new TypeError(`path ${JSON.stringify(path)} has characters that must be percent-encoded`);
    }
    const place = path.split("?", 1)[0] ?? "";
    if (place.includes("://") || place.startsWith("//")) {
        throw new TypeError(`path ${JSON.stringify(path)} must be one of the service, not a URL`);
    }
    if (place.split("/").some((segment) => /^(\.|%2e){1,2}$/i.test(segment))) {
        throw new TypeError(`path ${JSON.stringify(path)} leads out of the service`);
    }
    const base = endpoint.replace(/\/+$/, "");
    return path === "" || path.startsWith("/") || path.startsWith("?") ? base + path : `${base}/${path}`;
}
