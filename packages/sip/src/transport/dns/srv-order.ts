import type { Random } from '../../time/random.ts';
import type { SrvRecord } from './dns.ts';

/** The order in which to try SRV targets: by priority, then weighted random. RFC 2782 "Usage rules". */
export function orderSrvRecords(records: readonly SrvRecord[], random: Random): SrvRecord[] {
  const priorities = [...new Set(records.map((record) => record.priority))];
  return priorities
    .toSorted((a, b) => a - b)
    .flatMap((priority) =>
      drawByWeight(
        records.filter((record) => record.priority === priority),
        random,
      ),
    );
}

function drawByWeight(records: readonly SrvRecord[], random: Random): SrvRecord[] {
  // Records of weight 0 go first, so that they keep the small chance the RFC gives them.
  const left = records.toSorted((a, b) => Math.sign(a.weight) - Math.sign(b.weight));
  const drawn: SrvRecord[] = [];
  while (left.length > 0) {
    const total = left.reduce((sum, record) => sum + record.weight, 0);
    const limit = Math.floor(random.float() * (total + 1));
    let running = 0;
    const index = left.findIndex((record) => {
      running += record.weight;
      return running >= limit;
    });
    drawn.push(...left.splice(Math.max(index, 0), 1));
  }
  return drawn;
}
