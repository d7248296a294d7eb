package org.milena.standalone.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.milena.common.failure.UnfitException;
import org.milena.engines.search.ElasticsearchSettings;

/**
 * What must be known before the services' own settings are read.
 *
 * @param data folder of everything this machine keeps
 * @param engines folder with the Elasticsearch server and our plugin for it
 * @param kafkaPort on the loopback address, 0 for any free one
 * @param elasticsearchPort on the loopback address, 0 for any free one
 * @param elasticsearchHeap megabytes
 */
record StandaloneSettings(
    Path data, Path engines, int kafkaPort, int elasticsearchPort, int elasticsearchHeap) {

  private static final String SERVER_ZIP = "elasticsearch.zip";
  private static final int MAX_PORT = 65_535;
  private static final int LEAST_HEAP = 128;

  /**
   * Reads them.
   *
   * @param environment variables by name
   * @param program folder that the program's jar lies in
   * @throws UnfitException with a sentence that names the variable
   */
  static StandaloneSettings of(Map<String, String> environment, Path program) {
    return new StandaloneSettings(
        Path.of(value(environment, "MILENA_DATA", "data")).toAbsolutePath().normalize(),
        engines(environment, program),
        number(environment, "MILENA_KAFKA_PORT", 0, 0, MAX_PORT),
        number(environment, "MILENA_ELASTICSEARCH_PORT", 0, 0, MAX_PORT),
        number(
            environment,
            "MILENA_ELASTICSEARCH_HEAP",
            ElasticsearchSettings.DEFAULT_HEAP_MEGABYTES,
            LEAST_HEAP,
            31_744));
  }

  /** The log of all services; rotated. */
  Path logs() {
    return data.resolve("logs").resolve("milena.log");
  }

  Path serverZip() {
    return engines.resolve(SERVER_ZIP);
  }

  Path pluginZip() {
    return engines.resolve("milena-analysis-plugin.zip");
  }

  /** Beside the program, or beside a folder that holds what it was unpacked to. */
  private static Path engines(Map<String, String> environment, Path program) {
    String named = value(environment, "MILENA_ENGINES", "");
    if (!named.isEmpty()) {
      return Path.of(named).toAbsolutePath().normalize();
    }
    return Stream.iterate(program.toAbsolutePath(), folder -> folder != null, Path::getParent)
        .limit(3)
        .map(folder -> folder.resolve("elasticsearch"))
        .filter(folder -> Files.exists(folder.resolve(SERVER_ZIP)))
        .findFirst()
        .orElse(program.resolve("elasticsearch"));
  }

  private static int number(
      Map<String, String> environment, String name, int otherwise, int least, int most) {
    String text = value(environment, name, Integer.toString(otherwise));
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new UnfitException("%s must be a number, not %s.".formatted(name, text), e);
    }
    throw new UnfitException("%s must be %d to %d, not %s.".formatted(name, least, most, text));
  }

  private static String value(Map<String, String> environment, String name, String otherwise) {
    String text = environment.getOrDefault(name, "").strip();
    return text.isEmpty() ? otherwise : text;
  }
}
