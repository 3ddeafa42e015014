/** Receives what code above threw while it handled a message: a bug, not an event of the network. */
export type ReportFault = (error: unknown) => void;

/** Default: a process warning, so that no fault is lost and none ends the process. */
export const warnOfFault: ReportFault = (error) => {
  process.emitWarning(error instanceof Error ? error : String(error));
};
