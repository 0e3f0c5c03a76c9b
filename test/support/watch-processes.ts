import { readFileSync, readdirSync } from 'node:fs';

const EVERY_MS = 25;

type Seen = {
  /** command lines of the processes and of all they start */ commands: Set<string>;
  environments: Set<string>;
};

/**
 * Looks at a process and everything it starts, again and again, as another user of the machine would with `ps`: command lines, and
 * the environments of what it starts. Reads `/proc`, so it sees nothing where there is none.
 */
export function watchProcesses(root: number): { seen: Seen; stop(): void } {
  const seen: Seen = { commands: new Set(), environments: new Set() };
  const look = () => {
    for (const pid of familyOf(root)) {
      const command = read(pid, 'cmdline');
      if (command) seen.commands.add(command);
      const environment = pid === root ? '' : read(pid, 'environ');
      if (environment) seen.environments.add(environment);
    }
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return { seen, stop: () => clearInterval(timer) };
}

function familyOf(root: number): number[] {
  const parents = new Map(processes().map((pid) => [pid, Number(/\) \S (\d+)/.exec(read(pid, 'stat'))?.[1] ?? 0)]));
  const family = new Set([root]);
  // a child has a higher number than its parent, but for the rare wrap-around, which the next look catches
  for (const [pid, parent] of [...parents].sort(([one], [other]) => one - other))
    if (family.has(parent)) family.add(pid);
  return [...family];
}

function processes(): number[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch {
    return [];
  }
}

function read(pid: number, what: string): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8');
  } catch {
    // it ended meanwhile
    return '';
  }
}
