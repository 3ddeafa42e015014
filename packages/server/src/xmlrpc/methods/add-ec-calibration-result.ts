import { lookUps } from '../limits.ts';
import { method } from '../method.ts';

/**
 * Phones report how well their echo canceller works. The table upstream kept it in is gone; the log
 * has it for whoever wants to know.
 */
export const addEcCalibrationResult = method({
  names: ['add_ec_calibration_result'],
  params: ['manufacturer', 'model', 'status', 'delay', 'hasHardwareCanceller'],
  limit: lookUps,
  run: async ({ platform }, result) => {
    platform.log.info(result, 'echo canceller calibrated');
    return 'OK';
  },
});
