import type { CallName } from '#shared/contract/calls.ts';
import { startNodeCore } from '#main/hosts/node/node-core.ts';
import { cheapArgon2 } from '../../story/desks.ts';

// A core in a process of its own, driven over the channel of its parent: it can be killed and held.

const [dataFolder = '', regionUrl = ''] = process.argv.slice(2);
const core = startNodeCore({ dataFolder, regionUrl, argon2: cheapArgon2 });

export type Call = { readonly no: number; readonly name: CallName; readonly input: unknown };

process.on('message', (call: Call | 'close') => {
  void (async () => {
    if (call === 'close') {
      await core.close();
      process.disconnect();
      return;
    }
    const handler = core.handlers[call.name] as (input: unknown) => Promise<unknown>;
    const answer = await handler(call.input);
    process.send?.({ no: call.no, answer });
  })();
});
