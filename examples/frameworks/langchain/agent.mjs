import { createAgent } from 'langchain';
import { toolsOf } from './tools.mjs';

/** An agent that has what its account was granted and nothing else; end the account when the task is done. */
export async function agentOf(account, model) {
  return createAgent({ model, tools: await toolsOf(account) });
}

/** Has an agent do the account's task; the last thing it said. */
export async function work(account, model) {
  const agent = await agentOf(account, model);
  const { messages } = await agent.invoke({ messages: [{ role: 'user', content: account.task }] });
  return messages.at(-1).text;
}
