package org.milena.engines.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.engines.EngineStartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the server: from its start, by way of the line that says it started, to its end. */
final class ServerLife {

  private static final Logger LOG = LoggerFactory.getLogger(ServerLife.class);
  private static final Pattern HTTP_PORT =
      Pattern.compile("HttpServerTransport\\].*publish_address \\{[^}]*:(\\d+)\\}");
  private static final Pattern STARTED = Pattern.compile("\\[o\\.e\\.n\\.Node\\] started ");
  private static final int LAST_WORDS = 25;

  private final Process process;
  private final CompletableFuture<Integer> started;
  private final Deque<String> lastWords = new ArrayDeque<>();
  private int httpPort;

  private ServerLife(Process process, CompletableFuture<Integer> started) {
    this.process = process;
    this.started = started;
  }

  /**
   * Starts the server.
   *
   * @param started completes with the HTTP port when it serves; fails with its last words if it
   *     dies
   */
  static ServerLife begin(ProcessBuilder builder, CompletableFuture<Integer> started)
      throws IOException {
    return new ServerLife(builder.redirectErrorStream(true).start(), started);
  }

  Process process() {
    return process;
  }

  /** Reads what the server says until its end, and returns its exit code. */
  int toTheEnd() throws InterruptedException {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        hear(line);
      }
    } catch (IOException e) {
      LOG.debug("The output of Elasticsearch ended: {}", e.toString());
    }
    int code = process.waitFor();
    started.completeExceptionally(
        new EngineStartException(
            "Elasticsearch stopped with exit code %d. It said:%n%s"
                .formatted(code, String.join("\n", lastWords()))));
    return code;
  }

  List<String> lastWords() {
    synchronized (lastWords) {
      return List.copyOf(lastWords);
    }
  }

  private void hear(String line) {
    LOG.debug("{}", line);
    synchronized (lastWords) {
      lastWords.addLast(line);
      if (lastWords.size() > LAST_WORDS) {
        lastWords.removeFirst();
      }
    }
    Matcher port = HTTP_PORT.matcher(line);
    if (port.find()) {
      httpPort = Integer.parseInt(port.group(1));
    }
    if (STARTED.matcher(line).find()) {
      started.complete(httpPort);
    }
  }
}
