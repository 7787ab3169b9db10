// Under `daypass run --mcp`: says what an agent of LangChain found, and which tools it was shown.
import { work } from './mcp.mjs';
import { Scripted } from './scripted.mjs';

const model = new Scripted({ name: 'read_note', args: { note_id: 'n-17' } }, { name: 'delete_note', args: { note_id: 'n-17' } }, (seen) => seen);
const done = await work('read note n-17', model);
console.log(JSON.stringify({ ...done, read: model.seen[1].text }));
