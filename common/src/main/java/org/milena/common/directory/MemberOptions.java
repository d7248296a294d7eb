package org.milena.common.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.milena.common.settings.DeliveryMode;

/**
 * What a member chose for himself.
 *
 * @param mode what is delivered
 * @param stopped why nothing is delivered at present; null when it is
 * @param stoppedUntil on which day (in the list's time zone) delivery goes on by itself; null for
 *     never
 * @param ownPosts whether own posts are delivered, too
 * @param acknowledge whether own posts are acknowledged
 * @param skipDuplicates whether no copy is delivered of a post that names the member in {@code To}
 *     or {@code Cc}
 * @param concealed whether other members do not see this one
 * @param language of the list's mails to this one; null for the list's
 * @param probation how many of the next posts are held
 * @param tracking true where the member is told what became of the copies of his posts, else null
 */
public record MemberOptions(
    DeliveryMode mode,
    @Nullable Stop stopped,
    @Nullable LocalDate stoppedUntil,
    boolean ownPosts,
    boolean acknowledge,
    boolean skipDuplicates,
    boolean concealed,
    @Nullable String language,
    int probation,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean tracking) {

  public MemberOptions {
    tracking = Boolean.TRUE.equals(tracking) ? true : null;
  }

  /** Options of somebody who is not told what became of his posts. */
  public MemberOptions(
      DeliveryMode mode,
      @Nullable Stop stopped,
      @Nullable LocalDate stoppedUntil,
      boolean ownPosts,
      boolean acknowledge,
      boolean skipDuplicates,
      boolean concealed,
      @Nullable String language,
      int probation) {
    this(
        mode,
        stopped,
        stoppedUntil,
        ownPosts,
        acknowledge,
        skipDuplicates,
        concealed,
        language,
        probation,
        null);
  }

  /** Whether the member is told what became of the copies of his posts. */
  public boolean wantsTracking() {
    return tracking != null;
  }

  /** Why nothing is delivered. */
  public enum Stop {
    /** The member wants it so. */
    BY_MEMBER,
    /** A moderator wants it so. */
    BY_MODERATOR,
    /** Too much came back. */
    BY_BOUNCES
  }

  /** Every post, as it comes, named or not. */
  public static final MemberOptions DEFAULT =
      new MemberOptions(DeliveryMode.EVERY_POST, null, null, true, false, false, false, null, 0);

  /** Leaves usual options out of JSON: most members have them. */
  static final class Usual {
    @Override
    public boolean equals(@Nullable Object options) {
      return DEFAULT.equals(options);
    }

    @Override
    public int hashCode() {
      return DEFAULT.hashCode();
    }
  }

  /** The same with another mode. */
  public MemberOptions withMode(DeliveryMode other) {
    return new MemberOptions(
        other,
        stopped,
        stoppedUntil,
        ownPosts,
        acknowledge,
        skipDuplicates,
        concealed,
        language,
        probation,
        tracking);
  }

  /** The same, stopped. */
  public MemberOptions stopped(Stop why, @Nullable LocalDate until) {
    return new MemberOptions(
        mode,
        why,
        until,
        ownPosts,
        acknowledge,
        skipDuplicates,
        concealed,
        language,
        probation,
        tracking);
  }

  /** The same, with delivery. */
  public MemberOptions resumed() {
    return new MemberOptions(
        mode,
        null,
        null,
        ownPosts,
        acknowledge,
        skipDuplicates,
        concealed,
        language,
        probation,
        tracking);
  }

  /** The same, with so many of the next posts held. */
  public MemberOptions withProbation(int posts) {
    return new MemberOptions(
        mode,
        stopped,
        stoppedUntil,
        ownPosts,
        acknowledge,
        skipDuplicates,
        concealed,
        language,
        posts,
        tracking);
  }
}
