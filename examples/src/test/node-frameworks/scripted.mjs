import { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessage } from '@langchain/core/messages';

/** A chat model that says what a script makes of what was said so far; nothing of it is random or elsewhere. */
export class Scripted extends BaseChatModel {
  constructor(...steps) {
    super({});
    this.steps = steps;
    this.seen = [];
  }

  _llmType() {
    return 'scripted';
  }

  bindTools(tools) {
    this.offered = tools;
    return this;
  }

  async _generate(messages) {
    const last = messages.at(-1);
    this.seen.push(last);
    const step = this.steps.shift();
    const message = typeof step === 'function' ? step(last.text) : step;
    return { generations: [{ text: '', message: typeof message === 'string' ? new AIMessage(message) : call(message) }] };
  }
}

let calls = 0;
function call({ name, args }) {
  return new AIMessage({ content: '', tool_calls: [{ id: `call_${++calls}`, name, args, type: 'tool_call' }] });
}
