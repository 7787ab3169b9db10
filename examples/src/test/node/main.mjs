import { run } from './harness.mjs';
import './discovery.mjs';
import './grants.mjs';
import './tokens.mjs';
import './refusals.mjs';
import './assertions.mjs';
import './approvals.mjs';
import './dpop.mjs';
import './delegation.mjs';

await run();
