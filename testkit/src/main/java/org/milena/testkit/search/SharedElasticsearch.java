package org.milena.testkit.search;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.milena.engines.search.ElasticsearchProcess;
import org.milena.engines.search.ElasticsearchSettings;
import org.milena.testkit.file.TemporaryFolder;

/**
 * One Elasticsearch for all tests of a JVM, as standalone runs it: the server with its minimal
 * modules, and our analysis plugin. It is started by whoever asks first and stopped with the JVM.
 *
 * <p>Where its files are say the system properties {@code milena.elasticsearch.zip} and {@code
 * milena.analysis-plugin.zip}, which the build sets. Tests keep apart by {@link #freshPrefix()}.
 */
public final class SharedElasticsearch {
  private static final AtomicInteger PREFIXES = new AtomicInteger();
  private static @Nullable ElasticsearchProcess process;

  /**
   * Where it answers. The system property {@code milena.test.elasticsearch} may name a server that
   * runs already, so that a single test need not wait for one.
   */
  public static synchronized URI uri() {
    String named = System.getProperty("milena.test.elasticsearch");
    if (named != null) {
      return URI.create(named);
    }
    ElasticsearchProcess running = process;
    if (running == null) {
      running = start(true);
      process = running;
    }
    return running.uri();
  }

  /** A prefix for the names of indices that no other test has. */
  public static String freshPrefix() {
    return "test-" + ProcessHandle.current().pid() + "-" + PREFIXES.incrementAndGet();
  }

  /**
   * A server of the caller's own, who closes it.
   *
   * @param withPlugin false for one that can't stem and fold: the bare distribution
   */
  public static ElasticsearchProcess start(boolean withPlugin) {
    return start(settings(TemporaryFolder.createForAll("milena-elasticsearch-"), withPlugin));
  }

  /**
   * A server of the caller's own, who closes it, and may start it again on the same data.
   *
   * @param port where it answers
   */
  public static ElasticsearchProcess startAt(int port, Path data) {
    return start(settings(data, true).withHttpPort(port));
  }

  private static ElasticsearchSettings settings(Path data, boolean withPlugin) {
    Path runtime = Path.of(System.getProperty("java.io.tmpdir"), "milena-elasticsearch-runtime");
    ElasticsearchSettings settings =
        ElasticsearchSettings.of(zip("milena.elasticsearch.zip"), data).withRuntimeFolder(runtime);
    if (withPlugin) {
      settings = settings.withPlugins(zip("milena.analysis-plugin.zip"));
    }
    return settings;
  }

  private static ElasticsearchProcess start(ElasticsearchSettings settings) {
    ElasticsearchProcess started = ElasticsearchProcess.start(settings);
    TemporaryFolder.closeFirst(started::close);
    return started;
  }

  private static Path zip(String property) {
    String name = System.getProperty(property);
    if (name == null) {
      throw new AssertionError(
          "the system property " + property + " names no file: run this test from Maven");
    }
    Path zip = Path.of(name);
    if (!Files.isRegularFile(zip)) {
      throw new AssertionError(property + " names " + zip + ", which is not there: build it first");
    }
    return zip;
  }

  private SharedElasticsearch() {}
}
