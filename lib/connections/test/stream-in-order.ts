import type { TestEvent, TestReport, TestStage } from '#lib/http/api.ts';

const AT_ONCE = 3;

/**
 * Runs the tests of several elements a few at a time and gives their events one element after the other, each stage as soon as it
 * is known. Whoever stops listening stops no test: each ends by itself. `allEnded` is called after the last one.
 */
export async function* streamInOrder(
  elements: string[],
  run: (element: string, emit: (stage: TestStage) => void) => Promise<TestReport>,
  allEnded: () => void,
): AsyncGenerator<TestEvent> {
  const lines = elements.map((element) => new Line(element));
  const waiting = lines.values();
  const worker = async () => {
    for (const line of waiting) await line.fill(run);
  };
  void Promise.all(Array.from({ length: AT_ONCE }, worker)).finally(allEnded);
  for (const line of lines) {
    yield { event: 'start', element: line.element };
    yield* line.events();
  }
  yield { event: 'end' };
}

/** The events of one element, kept until they are asked for. */
class Line {
  readonly element: string;
  readonly #events: TestEvent[] = [];
  #failure: unknown = null;
  #more = Promise.withResolvers<void>();
  #ended = false;

  constructor(element: string) {
    this.element = element;
  }

  /** Never rejects: a failure reaches whoever reads the events. */
  async fill(run: (element: string, emit: (stage: TestStage) => void) => Promise<TestReport>): Promise<void> {
    try {
      const report = await run(this.element, (stage) => this.#push({ event: 'stage', element: this.element, stage }));
      this.#push({ event: 'report', report });
    } catch (error) {
      this.#failure = error;
    }
    this.#ended = true;
    this.#more.resolve();
  }

  async *events(): AsyncGenerator<TestEvent> {
    for (;;) {
      const event = this.#events.shift();
      if (event) yield event;
      else if (this.#failure !== null) throw this.#failure;
      else if (this.#ended) return;
      else {
        await this.#more.promise;
        this.#more = Promise.withResolvers<void>();
      }
    }
  }

  #push(event: TestEvent): void {
    this.#events.push(event);
    this.#more.resolve();
  }
}
