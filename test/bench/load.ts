import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

export type Measured = {
  /** requests a second */ rate: number;
  /** ms */ p99: number;
  errors: number;
  /** µs of the server's CPU per request */ cpu: number;
};

export type Shot = { method: 'GET' | 'POST'; path: () => string; body?: string; headers?: Record<string, string> };

/** Fires one kind of request over keep-alive connections and measures rate, tail and the server's CPU time. */
export async function load(
  url: string,
  pids: number[],
  shot: Shot,
  connections: number,
  seconds: number,
): Promise<Measured> {
  const before = cpuMicroseconds(pids);
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: [
      {
        method: shot.method,
        headers: { 'content-type': 'application/json', ...shot.headers },
        ...(shot.body === undefined ? {} : { body: shot.body }),
        setupRequest: (request) => ({ ...request, path: shot.path() }),
      },
    ],
  });
  const answered = result.requests.total;
  const bad = result.non2xx + result.errors + result.timeouts;
  return {
    rate: answered / result.duration,
    p99: result.latency.p99,
    errors: bad,
    cpu: (cpuMicroseconds(pids) - before) / answered,
  };
}

/** User and system time of processes so far, from /proc (Linux; 0 elsewhere), in ticks of 10 ms. */
function cpuMicroseconds(pids: number[]): number {
  return pids.reduce((sum, pid) => {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return sum + (Number(fields[11]) + Number(fields[12])) * 10_000;
    } catch {
      return sum;
    }
  }, 0);
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
