package org.milena.common.settings;

import java.time.ZoneId;

/**
 * When digests go out: at the first of size, count and hour that is reached.
 *
 * @param digests whether there are any
 * @param digestSizeKb at how many kilobytes (1,024 octets) of posts; 0 for no matter
 * @param digestPosts at how many posts; 0 for no matter
 * @param digestHour at which hour of the day, 0 to 23, with what there is; -1 for no matter
 * @param digestVolume when a new volume begins
 * @param timeZone of days and hours
 */
public record DigestSettings(
    boolean digests,
    int digestSizeKb,
    int digestPosts,
    int digestHour,
    VolumeEvery digestVolume,
    ZoneId timeZone) {

  /** At 30 KB, and every morning. */
  public static final DigestSettings DEFAULT =
      new DigestSettings(true, 30, 0, 4, VolumeEvery.MONTH, ZoneId.of("UTC"));
}
