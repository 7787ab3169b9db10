// Cases are sentences; each one's outcome is one line of JSON, and the last line counts them.
const cases = [];

export function check(name, body) {
  cases.push({ name, body });
}

export async function run() {
  for (const { name, body } of cases) {
    let failure = null;
    try {
      await body();
    } catch (error) {
      failure = String(error?.stack ?? error) + cause(error);
    }
    console.log(JSON.stringify({ name, failure }));
  }
  console.log(JSON.stringify({ cases: cases.length }));
}

function cause(error) {
  return error?.cause === undefined ? '' : `\ncaused by ${safely(error.cause)}`;
}

function safely(value) {
  try {
    return value instanceof Error ? String(value) : JSON.stringify(value);
  } catch {
    return String(value);
  }
}
