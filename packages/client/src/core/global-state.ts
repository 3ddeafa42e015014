/** Life of a core; values as liblinphone numbers them. */
export const GlobalState = { Off: 0, Startup: 1, On: 2, Shutdown: 3, Configuring: 4 } as const;
export type GlobalState = (typeof GlobalState)[keyof typeof GlobalState];
