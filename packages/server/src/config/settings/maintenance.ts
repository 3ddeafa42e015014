import { flag, group, integer } from '../setting.ts';

export const maintenanceSettings = group(
  'Maintenance',
  {
    DIALTONE_MAINTENANCE: flag(
      'Remove what is too old without being asked (docs/maintenance.md); off when cron does it.',
      true,
    ),
    DIALTONE_KEEP_UNCONFIRMED_DAYS: integer(
      'Days after which accounts that were never activated are deleted; 0 = never. FAM’s package says 30.',
      0,
    ),
    DIALTONE_KEEP_TOMBSTONES_DAYS: integer(
      'Days for which the username of a deleted account stays taken; 0 = for ever.',
      7,
    ),
    DIALTONE_KEEP_STATISTICS_DAYS: integer('Days for which statistics are kept; 0 = for ever.', 30),
  },
  (v) => ({
    enabled: v.DIALTONE_MAINTENANCE,
    unconfirmedDays: v.DIALTONE_KEEP_UNCONFIRMED_DAYS,
    tombstoneDays: v.DIALTONE_KEEP_TOMBSTONES_DAYS,
    statisticsDays: v.DIALTONE_KEEP_STATISTICS_DAYS,
  }),
);
