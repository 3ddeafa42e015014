/** Progress of long work on standard error; silent when that is no terminal. */
export interface ProgressBar {
  advance(): void;
  end(): void;
}

const WIDTH = 30;

/** A bar for `total` steps. */
export function progressBar(label: string, total: number): ProgressBar {
  const { stderr } = process;
  let done = 0;
  let shown = -1;
  const draw = (): void => {
    const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
    if (!stderr.isTTY || percent === shown) return;
    shown = percent;
    const filled = Math.round((percent / 100) * WIDTH);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
    stderr.write(`\r${label} ${bar} ${done}/${total}`);
  };
  return {
    advance: () => {
      done++;
      draw();
    },
    end: () => {
      if (stderr.isTTY) stderr.write('\n');
    },
  };
}
