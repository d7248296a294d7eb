package org.milena.common.settings;

/**
 * What follows when copies come back.
 *
 * @param processBounces whether bounces count
 * @param bounceThreshold at how many points, at most one a day, delivery stops
 * @param bounceStaleDays after how many days without a bounce earlier points are forgotten
 * @param bounceProbe whether a probe is sent first, and delivery stops only when that comes back
 * @param bounceWarnings how many warnings are sent to a member whose delivery stopped
 * @param bounceWarningDays how many days lie between them; as long after the last, the member is
 *     removed
 * @param tellOwnersOfBounces whether owners are told when delivery stops and when a member is
 *     removed for it
 * @param tellOwnersOfEachBounce whether owners are told of each bounce that counts
 * @param forwardUnrecognized whether owners get bounces that nobody could make sense of
 */
public record BounceSettings(
    boolean processBounces,
    double bounceThreshold,
    int bounceStaleDays,
    boolean bounceProbe,
    int bounceWarnings,
    int bounceWarningDays,
    boolean tellOwnersOfBounces,
    boolean tellOwnersOfEachBounce,
    boolean forwardUnrecognized) {

  /** Five days with bounces, a probe, three warnings. */
  public static final BounceSettings DEFAULT =
      new BounceSettings(true, 5.0, 7, true, 3, 7, true, false, true);
}
