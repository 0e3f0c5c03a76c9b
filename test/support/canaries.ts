/**
 * Secrets that can be told from any other text, and a sweep that finds them in whatever came out of the portal: as they stand, in
 * base64 at each of its three alignments, in hexadecimal, and in UTF-16. Their core is of letters and digits, which JSON, URLs and
 * HTML leave alone; the rest of them is not.
 */
import { randomBytes } from 'node:crypto';

export type Canary = { /** what it is */ name: string; /** the secret as a person types it */ text: string };

export type Hit = { canary: string; sink: string; form: string };

type Needle = { form: string; bytes: Buffer };

export class CanarySweep {
  readonly #canaries = new Map<string, Needle[]>();
  readonly #sinks: { sink: string; bytes: Buffer; except: readonly string[] }[] = [];

  /** A new secret with characters in it that most formats escape. */
  secret(name: string): Canary {
    const core = `Ca${randomBytes(12).toString('hex')}Ry`;
    this.watch(name, Buffer.from(core));
    return { name, text: `${core}/+ "q" ünï&<%41>` };
  }

  /** A secret that somebody else made: the part of it that must stand nowhere. */
  watch(name: string, core: Buffer | string): void {
    const bytes = Buffer.from(core);
    if (bytes.length < 16) throw new Error(`${name} is too short to be told from chance`);
    this.#canaries.set(name, formsOf(bytes));
  }

  /** @param except canaries that may stand there: the one answer that creates a token holds it */
  add(sink: string, content: Buffer | string, except: readonly string[] = []): void {
    this.#sinks.push({ sink, bytes: Buffer.from(content), except });
  }

  get bytes(): number {
    return this.#sinks.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  /** Where any canary stands; sinks that were added before it was planted are looked at too. */
  hits(): Hit[] {
    return this.#sinks.flatMap(({ sink, bytes, except }) =>
      [...this.#canaries]
        .filter(([canary]) => !except.includes(canary))
        .flatMap(([canary, needles]) =>
          needles.filter((each) => bytes.includes(each.bytes)).map(({ form }) => ({ canary, sink, form })),
        ),
    );
  }
}

function formsOf(core: Buffer): Needle[] {
  const aligned = [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), core]);
    // the first and the last characters also depend on what stands beside it
    const inner = (text: string) => text.replaceAll('=', '').slice(before === 0 ? 0 : before + 1, -1);
    return [
      { form: `base64+${before}`, text: inner(padded.toString('base64')) },
      { form: `base64url+${before}`, text: inner(padded.toString('base64url')) },
    ];
  });
  const texts = [
    ...aligned,
    { form: 'hex', text: core.toString('hex') },
    { form: 'HEX', text: core.toString('hex').toUpperCase() },
  ];
  return [
    { form: 'as it stands', bytes: core },
    { form: 'utf-16', bytes: Buffer.from(core.toString('latin1'), 'utf16le') },
    ...texts.map(({ form, text }) => ({ form, bytes: Buffer.from(text) })),
  ];
}
