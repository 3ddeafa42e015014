/** Numbers the steps of the demo and prints them as they happen. */
export interface Narrator {
  /** What crossed the wire, under the step that is being told. */
  wire(line: string): void;
  /** Runs a step; its answer is what happened. A step that throws ends the demo. */
  step<T>(title: string, work: () => Promise<T>, outcome: (result: T) => string): Promise<T>;
  readonly steps: number;
}

export function narrator(write: (line: string) => void): Narrator {
  let steps = 0;
  return {
    get steps() {
      return steps;
    },
    wire: (line) => write(`      ${line}`),
    async step(title, work, outcome) {
      steps++;
      write(`${String(steps).padStart(3)}. ${title}`);
      const result = await work();
      write(`      = ${outcome(result)}`);
      return result;
    },
  };
}
