package org.milena.engines.search;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Which server is run, and where it keeps its data.
 *
 * @param distribution the server's zip, or the folder it was unpacked to
 * @param plugins zips of plugins it is given
 * @param dataFolder made if missing; holds index, settings and logs
 * @param runtimeFolder where a zipped distribution is unpacked to; several data folders may share
 *     it
 * @param httpPort port on the loopback address, 0 for any free one
 * @param heapMegabytes the server's heap
 * @param startTimeout how long a start may take, index recovery included
 * @param overrides server settings that replace ours, by Elasticsearch's names
 */
public record ElasticsearchSettings(
    Path distribution,
    List<Path> plugins,
    Path dataFolder,
    Path runtimeFolder,
    int httpPort,
    int heapMegabytes,
    Duration startTimeout,
    Map<String, String> overrides) {

  /** Enough for some hundred thousand mails; see docs/operations/containers.md for figures. */
  public static final int DEFAULT_HEAP_MEGABYTES = 320;

  /** Below this the server dies while it starts. */
  private static final int LEAST_HEAP_MEGABYTES = 128;

  public ElasticsearchSettings {
    plugins = List.copyOf(plugins);
    overrides = Map.copyOf(overrides);
    if (httpPort < 0 || httpPort > 65_535) {
      throw new IllegalArgumentException("httpPort must be 0 to 65535, not " + httpPort);
    }
    if (heapMegabytes < LEAST_HEAP_MEGABYTES) {
      throw new IllegalArgumentException(
          "heapMegabytes must be at least " + LEAST_HEAP_MEGABYTES + ", not " + heapMegabytes);
    }
    if (!startTimeout.isPositive()) {
      throw new IllegalArgumentException("startTimeout must be positive, not " + startTimeout);
    }
  }

  /** A free port, the default heap, no plugin. */
  public static ElasticsearchSettings of(Path distribution, Path dataFolder) {
    return new ElasticsearchSettings(
        distribution,
        List.of(),
        dataFolder,
        dataFolder.resolve("runtime"),
        0,
        DEFAULT_HEAP_MEGABYTES,
        Duration.ofMinutes(3),
        Map.of());
  }

  public ElasticsearchSettings withPlugins(Path... zips) {
    return new ElasticsearchSettings(
        distribution,
        List.of(zips),
        dataFolder,
        runtimeFolder,
        httpPort,
        heapMegabytes,
        startTimeout,
        overrides);
  }

  public ElasticsearchSettings withRuntimeFolder(Path folder) {
    return new ElasticsearchSettings(
        distribution,
        plugins,
        dataFolder,
        folder,
        httpPort,
        heapMegabytes,
        startTimeout,
        overrides);
  }

  public ElasticsearchSettings withHttpPort(int port) {
    return new ElasticsearchSettings(
        distribution,
        plugins,
        dataFolder,
        runtimeFolder,
        port,
        heapMegabytes,
        startTimeout,
        overrides);
  }

  public ElasticsearchSettings withHeapMegabytes(int megabytes) {
    return new ElasticsearchSettings(
        distribution,
        plugins,
        dataFolder,
        runtimeFolder,
        httpPort,
        megabytes,
        startTimeout,
        overrides);
  }

  public ElasticsearchSettings withOverrides(Map<String, String> settings) {
    return new ElasticsearchSettings(
        distribution,
        plugins,
        dataFolder,
        runtimeFolder,
        httpPort,
        heapMegabytes,
        startTimeout,
        settings);
  }
}
