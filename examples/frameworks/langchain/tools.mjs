import { tool, ToolMessage } from 'langchain';
import { Refused } from 'daypass';

/** The grant of an account as tools of LangChain: one for each operation, and none for what was not granted. */
export async function toolsOf(account) {
  return (await account.tools()).map((granted) =>
    tool((given, config) => called(account, granted, given, config.toolCall?.id ?? ''), {
      name: granted.name,
      description: granted.description,
      schema: granted.inputSchema,
    }));
}

// What is refused goes back to the model as a tool's error that it can read, not as the end of the agent.
async function called(account, granted, given, id) {
  try {
    const answer = await account.call(granted, given);
    const text = await answer.text();
    return message(id, answer.ok ? text : `${granted.service} answered ${answer.status}: ${text}`, answer.ok);
  } catch (e) {
    if (e instanceof Refused) {
      return message(id, `refused at step ${e.step}: ${e.detail} Next: ${e.next}`, false);
    }
    if (e instanceof TypeError) {
      return message(id, e.message, false);
    }
    throw e;
  }
}

function message(id, content, good) {
  return new ToolMessage({ tool_call_id: id, content, status: good ? 'success' : 'error' });
}
