package org.milena.common.failure;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place where a test lets the process die as {@code kill -9} would: no hook runs, no file is
 * closed, nothing is flushed.
 *
 * <p>{@code MILENA_FAILPOINT=scanner.S2} in the environment arms the place of this name, {@code
 * scanner.S2:5} from the fifth time on that it is passed. It is in the production jar on purpose:
 * what is killed in a test is what runs elsewhere. Unarmed it costs one look at a constant.
 */
public final class FailPoint {

  /** Of a process that was killed: 128 and SIGKILL. */
  public static final int EXIT_CODE = 137;

  private static final Logger log = LoggerFactory.getLogger(FailPoint.class);

  private static final Pattern FORM =
      Pattern.compile("([a-z][a-z-]*\\.[A-Z][0-9]{1,3})(?::([1-9][0-9]{0,8}))?");

  private static final @Nullable FailPoint ARMED = armed();

  private final String name;
  private final AtomicInteger left;

  private FailPoint(String name, int passes) {
    this.name = name;
    this.left = new AtomicInteger(passes);
  }

  /** What is no fail point is refused by {@link #check}, not while this class is loaded. */
  private static @Nullable FailPoint armed() {
    try {
      return check();
    } catch (UnfitException e) {
      log.error("no fail point is armed", e);
      return null;
    }
  }

  /**
   * What the environment asks for; for the start of a process.
   *
   * @throws UnfitException when it is no fail point
   */
  public static @Nullable FailPoint check() {
    String text = System.getenv("MILENA_FAILPOINT");
    return text == null || text.isBlank() ? null : of(text);
  }

  /**
   * Reads {@code NAME} or {@code NAME:N}.
   *
   * @throws UnfitException when it is neither
   */
  static FailPoint of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new UnfitException(
          "MILENA_FAILPOINT is no fail point: \"" + text + "\"; it is NAME or NAME:N (scanner.S2)");
    }
    return new FailPoint(
        form.group(1), form.group(2) == null ? 1 : Integer.parseInt(form.group(2)));
  }

  /** The process is at this place, and dies here if it was told to. */
  public static void hit(String name) {
    FailPoint armed = ARMED;
    if (armed != null && armed.isDue(name)) {
      log.error("fail point {}: this process dies now", name);
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }

  /** Says loudly, at a start, that this process will die, where it will. */
  public static void announce() {
    FailPoint armed = ARMED;
    if (armed != null) {
      log.warn("************************************************************************");
      log.warn("FAIL POINT: MILENA_FAILPOINT is set, this process will kill itself at {}", armed);
      log.warn("It is for tests. Take the variable away anywhere else.");
      log.warn("************************************************************************");
    }
  }

  /** Whether to die, having come to this place. */
  boolean isDue(String place) {
    return name.equals(place) && left.decrementAndGet() <= 0;
  }

  @Override
  public String toString() {
    return name + ":" + left;
  }
}
