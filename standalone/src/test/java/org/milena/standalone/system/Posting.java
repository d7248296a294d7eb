package org.milena.standalone.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.milena.common.mail.RawMessage;
import org.milena.testkit.corpus.CorpusMessage;
import org.milena.testkit.load.Poster;

/** Posts over several connections, and tells what the server said to each. */
final class Posting {
  private static final int CLIENTS = 4;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /**
   * One post.
   *
   * @param name tells it from the others
   * @param message with CRLF line ends
   */
  record Post(String name, String from, String to, RawMessage message) {}

  /** A message of the corpus as a client sends it: all lines end in CRLF, the last one too. */
  static RawMessage asSent(CorpusMessage message) {
    RawMessage sent = message.withCrlf();
    byte[] bytes = sent.unsafeBytes();
    if (bytes.length > 0 && bytes[bytes.length - 1] == '\n') {
      return sent;
    }
    ByteArrayOutputStream ended = new ByteArrayOutputStream(bytes.length + 2);
    ended.writeBytes(bytes);
    ended.write('\r');
    ended.write('\n');
    return RawMessage.wrap(ended.toByteArray());
  }

  /** Posts all of them; the final reply to each by its name. */
  static Map<String, String> all(Site site, List<Post> posts) {
    return all(site, posts.size(), posts::get);
  }

  /** Posts so many, each made when its turn comes; the final reply to each by its name. */
  static Map<String, String> all(Site site, int count, IntFunction<Post> posts) {
    AtomicInteger next = new AtomicInteger();
    Map<String, String> replies = new LinkedHashMap<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Map<String, String>>> running = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        running.add(clients.submit(() -> client(site, count, posts, next)));
      }
      for (Future<Map<String, String>> one : running) {
        replies.putAll(one.get());
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a client failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return replies;
  }

  private static Map<String, String> client(
      Site site, int count, IntFunction<Post> posts, AtomicInteger next) {
    Map<String, String> replies = new LinkedHashMap<>();
    try (Poster poster = new Poster(site.smtpPort)) {
      for (int at = next.getAndIncrement(); at < count; at = next.getAndIncrement()) {
        Post post = posts.apply(at);
        replies.put(post.name(), finalReply(poster, post));
      }
    }
    return replies;
  }

  /** Sends again what was put off or broke. */
  static String finalReply(Poster poster, Post post) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    String last = "nothing";
    while (System.nanoTime() - deadline < 0) {
      try {
        last = poster.post(post.from(), post.to(), post.message().unsafeBytes());
        if (last.startsWith("2")) {
          return last;
        }
        poster.close();
        if (last.startsWith("5")) {
          return last;
        }
      } catch (IOException e) {
        poster.close();
        last = e.toString();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
    throw new AssertionError(post.name() + " was not answered for good, last: " + last);
  }

  private Posting() {}
}
