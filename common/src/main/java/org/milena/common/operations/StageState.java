package org.milena.common.operations;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far one stage is.
 *
 * @param lag records that wait; exactly 0 when idle, while busy it may count commit markers too
 * @param oldestWaiting age of the oldest record that waits; null when none does
 * @param perSecond records passed a second over the last ten to twenty seconds; 0 at the first look
 */
public record StageState(
    String stage, String topic, long lag, @Nullable Duration oldestWaiting, double perSecond) {}
