package org.milena.benchmarks.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Postfix's {@code smtp-sink}: takes everything and drops it. It says how many messages it has
 * after each; we note when. It counts messages, so it counts recipients only where each message has
 * one, as with VERP.
 */
public final class SmtpSink implements AutoCloseable {
  private static final Pattern COUNT = Pattern.compile("mesg=(\\d+)");
  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final Started sink;
  private final int port = Started.freePort();
  private long messages;
  private @Nullable Arrivals expected;

  private SmtpSink(String program, Path folder) {
    List<String> command =
        List.of(program, "-c", "-u", user(), "-m", "1000", "127.0.0.1:" + port, "1000");
    this.sink =
        Started.start("smtp-sink", command, Map.of(), folder.resolve("smtp-sink.log"), true);
  }

  public static SmtpSink start(String program, Path folder) {
    SmtpSink sink = new SmtpSink(program, folder);
    sink.sink.awaitPort(sink.port, START_LIMIT);
    Thread.ofPlatform().daemon().name("smtp-sink-counts").start(sink::follow);
    return sink;
  }

  /** As root it wants to become somebody else. */
  private static String user() {
    String name = System.getProperty("user.name");
    return name.equals("root") ? "nobody" : name;
  }

  public int port() {
    return port;
  }

  /** Seconds of its processor time. */
  public double cpuSeconds() {
    return sink.cpuSeconds();
  }

  /** Messages taken since the start. */
  public synchronized long messages() {
    return messages;
  }

  /** From now on, notes when the first and the last of this many messages come. */
  public synchronized Arrivals expect(int count) {
    Arrivals arrivals = new Arrivals(messages, count);
    expected = arrivals;
    return arrivals;
  }

  /** When messages came; times are {@link System#nanoTime}. */
  public static final class Arrivals {
    private final long before;
    private final int count;
    private final CompletableFuture<Long> first = new CompletableFuture<>();
    private final CompletableFuture<Long> last = new CompletableFuture<>();

    private Arrivals(long before, int count) {
      this.before = before;
      this.count = count;
    }

    private void at(long messages, long now) {
      if (messages > before) {
        first.complete(now);
      }
      if (messages >= before + count) {
        last.complete(now);
      }
    }

    /** When the first one was complete; {@link #last} has waited for it. */
    public long first(Duration atMost) {
      return get(first, atMost);
    }

    /**
     * Waits for the last one.
     *
     * @throws BenchmarkException when it does not come in time
     */
    public long last(Duration atMost) {
      return get(last, atMost);
    }

    private long get(CompletableFuture<Long> arrival, Duration atMost) {
      try {
        return arrival.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new BenchmarkException(
            "the sink waits in vain for " + count + " messages after " + atMost, e);
      } catch (ExecutionException e) {
        throw new BenchmarkException("the sink ended", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BenchmarkException("interrupted", e);
      }
    }
  }

  /**
   * Ends what {@link #expect} began, when nothing can come any more.
   *
   * @throws BenchmarkException when more came than were expected
   */
  public synchronized void requireNoMore(Arrivals arrivals) {
    long came = messages - arrivals.before;
    if (came != arrivals.count) {
      throw new BenchmarkException("the sink got " + came + " messages and not " + arrivals.count);
    }
  }

  private void follow() {
    byte[] buffer = new byte[8192];
    String rest = "";
    try (InputStream in = sink.output()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        long now = System.nanoTime();
        String text = rest + new String(buffer, 0, read, StandardCharsets.US_ASCII);
        int whole = text.lastIndexOf('\r') + 1;
        rest = text.substring(whole);
        Matcher count = COUNT.matcher(text.substring(0, whole));
        long latest = -1;
        while (count.find()) {
          latest = Long.parseLong(count.group(1));
        }
        if (latest >= 0) {
          counted(latest, now);
        }
      }
    } catch (IOException _) {
      // the sink was closed
    }
  }

  private synchronized void counted(long count, long now) {
    messages = count;
    if (expected != null) {
      expected.at(count, now);
    }
  }

  @Override
  public void close() {
    sink.close();
  }
}
