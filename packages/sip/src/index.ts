export type { Clock, TimerHandle } from './time/clock.ts';
export type { Random } from './time/random.ts';
