/** Live figures; times in milliseconds and counts over the life of the pool. */
export type PoolFigures = {
  max: number;
  inUse: number;
  idle: number;
  opening: number;
  waiting: number;
  /** requests that had to wait and were served */
  waited: number;
  waitMs: number;
  longestWaitMs: number;
  opened: number;
  connectErrors: number;
  /** requests that were turned away */
  refused: number;
  /** message of the last failed connect while nothing has worked since; null: fine */
  trouble: string | null;
};
