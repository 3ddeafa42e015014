import { expect, it } from 'vitest';
import { sipUri } from '../message/uri.ts';
import { fakeRandom } from '../testing/fake-random.ts';
import { RecordingFlow } from '../testing/recording-flow.ts';
import { sampleRequest } from '../testing/sample-request.ts';
import { withTopVia } from './top-via.ts';

it('asks for the answer at the port the request came from, unless that is not wanted', () => {
  const hop = { uri: sipUri({ host: 'h' }), protocol: 'udp', certificateName: 'h' } as const;
  for (const useRport of [true, false]) {
    const options = { random: fakeRandom(), useRport };
    const { headers } = withTopVia(sampleRequest(), new RecordingFlow(), hop, options);
    expect(headers.via[0]?.params.has('rport')).toBe(useRport);
  }
});
