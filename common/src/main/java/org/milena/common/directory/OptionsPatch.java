package org.milena.common.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.settings.DeliveryMode;

/**
 * Some of a member's options with new values; what is null stays as it is.
 *
 * @param deliver false stops delivery, true lets it go on
 * @param stoppedUntil when delivery stops: until which day; without it, for good
 * @param language empty for the list's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OptionsPatch(
    @Nullable DeliveryMode mode,
    @Nullable Boolean deliver,
    @Nullable LocalDate stoppedUntil,
    @Nullable Boolean ownPosts,
    @Nullable Boolean acknowledge,
    @Nullable Boolean skipDuplicates,
    @Nullable Boolean concealed,
    @Nullable String language,
    @Nullable Integer probation,
    @Nullable Boolean tracking) {

  /** Leaves whether one is told what became of one's posts. */
  public OptionsPatch(
      @Nullable DeliveryMode mode,
      @Nullable Boolean deliver,
      @Nullable LocalDate stoppedUntil,
      @Nullable Boolean ownPosts,
      @Nullable Boolean acknowledge,
      @Nullable Boolean skipDuplicates,
      @Nullable Boolean concealed,
      @Nullable String language,
      @Nullable Integer probation) {
    this(
        mode,
        deliver,
        stoppedUntil,
        ownPosts,
        acknowledge,
        skipDuplicates,
        concealed,
        language,
        probation,
        null);
  }

  /** Changes nothing. */
  public static final OptionsPatch NONE =
      new OptionsPatch(null, null, null, null, null, null, null, null, null);

  /** Only whether posts are delivered. */
  public static OptionsPatch delivery(boolean deliver) {
    return new OptionsPatch(null, deliver, null, null, null, null, null, null, null);
  }

  /** Only whether one is told what became of one's posts. */
  public static OptionsPatch tracking(boolean wanted) {
    return new OptionsPatch(null, null, null, null, null, null, null, null, null, wanted);
  }

  /** Only what is delivered. */
  public static OptionsPatch delivery(DeliveryMode mode) {
    return new OptionsPatch(mode, null, null, null, null, null, null, null, null);
  }

  /**
   * The options with these changes.
   *
   * @param who stops delivery, where it stops
   */
  public MemberOptions over(MemberOptions now, Stop who) {
    Stop stopped = now.stopped();
    LocalDate until = now.stoppedUntil();
    if (deliver != null || stoppedUntil != null) {
      boolean stop = !Boolean.TRUE.equals(deliver);
      // who is stopped by others is not stopped by himself as well
      stopped = stop ? (stopped == null ? who : stopped) : null;
      until = stop ? stoppedUntil : null;
    }
    return new MemberOptions(
        mode == null ? now.mode() : mode,
        stopped,
        until,
        ownPosts == null ? now.ownPosts() : ownPosts,
        acknowledge == null ? now.acknowledge() : acknowledge,
        skipDuplicates == null ? now.skipDuplicates() : skipDuplicates,
        concealed == null ? now.concealed() : concealed,
        language == null ? now.language() : language.isBlank() ? null : language,
        probation == null ? now.probation() : probation,
        tracking == null ? now.tracking() : tracking);
  }
}
