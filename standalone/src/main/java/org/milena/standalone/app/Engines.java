package org.milena.standalone.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.milena.engines.EngineStartException;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.engines.kafka.EmbeddedKafkaSettings;
import org.milena.engines.search.ElasticsearchProcess;
import org.milena.engines.search.ElasticsearchSettings;

/** The broker and the search engine of one data folder. */
final class Engines implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  /**
   * A killed process can't leave its groups; the next one has their partitions when the broker has
   * missed its heartbeats for this long. The default is 45 s.
   */
  private static final Map<String, String> QUICK_TAKEOVER =
      Map.of(
          "group.consumer.min.session.timeout.ms", "6000",
          "group.consumer.session.timeout.ms", "6000",
          "group.consumer.min.heartbeat.interval.ms", "1000",
          "group.consumer.heartbeat.interval.ms", "1000");

  private final EmbeddedKafka kafka;
  private final ElasticsearchProcess elasticsearch;

  private Engines(EmbeddedKafka kafka, ElasticsearchProcess elasticsearch) {
    this.kafka = kafka;
    this.elasticsearch = elasticsearch;
  }

  /**
   * Starts both at the same time.
   *
   * @throws EngineStartException when one can't run here; then the other has been stopped
   */
  static Engines start(StandaloneSettings settings) {
    CompletableFuture<EmbeddedKafka> kafka = begin("kafka-start", () -> kafka(settings));
    CompletableFuture<ElasticsearchProcess> elasticsearch =
        begin("elasticsearch-start", () -> elasticsearch(settings));
    try {
      CompletableFuture.allOf(kafka, elasticsearch).join();
      return new Engines(kafka.join(), elasticsearch.join());
    } catch (CompletionException e) {
      close(kafka);
      close(elasticsearch);
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  private static EmbeddedKafka kafka(StandaloneSettings settings) {
    return EmbeddedKafka.start(
        new EmbeddedKafkaSettings(
            settings.data().resolve("kafka"), settings.kafkaPort(), 0, QUICK_TAKEOVER));
  }

  private static ElasticsearchProcess elasticsearch(StandaloneSettings settings) {
    Path data = settings.data().resolve("elasticsearch");
    // All data folders share the unpacked server, where the program's folder can hold it.
    Path runtime =
        Files.isWritable(settings.engines())
            ? settings.engines().resolve("runtime")
            : data.resolve("runtime");
    return ElasticsearchProcess.start(
        new ElasticsearchSettings(
            settings.serverZip(),
            List.of(settings.pluginZip()),
            data,
            runtime,
            settings.elasticsearchPort(),
            settings.elasticsearchHeap(),
            START_LIMIT,
            Map.of()));
  }

  /** {@code host:port}. */
  String kafkaAddress() {
    return kafka.bootstrapServers();
  }

  /** Whether the machine went down under the broker before. */
  boolean lostPower() {
    return kafka.lostPower();
  }

  /** The services have begun to make up for it. */
  void settleLostPower() {
    kafka.settleLostPower();
  }

  String elasticsearchUrl() {
    return elasticsearch.uri().toString();
  }

  /** Stops both at the same time; nothing of them runs when this returns. */
  @Override
  public void close() {
    CompletableFuture<Void> search =
        begin(
            "elasticsearch-stop",
            () -> {
              elasticsearch.close();
              return null;
            });
    kafka.close();
    search.join();
  }

  private static void close(CompletableFuture<? extends AutoCloseable> engine) {
    engine
        .handle((started, _) -> {
          if (started != null) {
            try {
              started.close();
            } catch (Exception e) {
              throw new CompletionException(e);
            }
          }
          return null;
        })
        .join();
  }

  private static <T> CompletableFuture<T> begin(String name, Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .name(name)
        .start(() -> {
          try {
            result.complete(work.get());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }
}
